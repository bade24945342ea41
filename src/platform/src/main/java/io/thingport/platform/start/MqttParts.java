package io.thingport.platform.start;

import io.thingport.mqtt.MqttConnectionFactory;
import io.thingport.mqtt.MqttServer;
import io.thingport.platform.config.Settings;
import io.thingport.platform.dashboard.Dashboards;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.session.Loops;
import io.thingport.platform.session.SessionStore;
import io.thingport.platform.tls.MaterialFiles;
import io.thingport.platform.upstream.Handover;
import io.thingport.platform.watch.WatchHub;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes the parts that touch the resource adapter, each once and injected as it is, without a proxy in between. */
@ApplicationScoped
class MqttParts {

    @Resource(lookup = "eis/mqtt")
    private MqttConnectionFactory connectionFactory;

    @Produces
    @Singleton
    MqttServer server() {
        return connectionFactory.server();
    }

    @Produces
    @Singleton
    MaterialFiles materialFiles(Settings settings, MqttServer server, Clock clock) {
        return new MaterialFiles(settings.tls(), server::use, clock);
    }

    @Produces
    @Singleton
    Loops loops(Settings settings, DeviceDirectory directory, DeviceStatusWriter status, SecureRandom random,
            SessionStore store, Handover upstream, WatchHub watch, Dashboards dashboards, Registrar registrar, DeviceLog log,
            PresentLevels levels, Clock clock, MqttServer server) {
        return new Loops(settings, directory, status, new MessageIds(random), store, upstream, watch, dashboards,
                registrar, log, levels, clock, System::nanoTime, server::loops);
    }
}
