package io.thingport.web.health;

import io.thingport.mqtt.MqttServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started when the platform has run its start to the end, of which the last step is to set the event loops going. */
@Startup
@ApplicationScoped
public class Started implements HealthCheck {

    @Inject
    private MqttServer server;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("platform").status(!server.loops().isEmpty()).build();
    }
}
