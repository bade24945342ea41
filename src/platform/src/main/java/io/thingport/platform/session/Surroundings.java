package io.thingport.platform.session;

import io.thingport.mqtt.Origin;
import io.thingport.platform.access.Admission;
import io.thingport.platform.access.TopicRules;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.function.Functions;
import io.thingport.platform.limits.FailedAttempts;
import io.thingport.platform.limits.ServerLimits;
import io.thingport.platform.limits.Turns;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.upstream.DeviceNotices;
import io.thingport.platform.upstream.UpstreamQueue;
import io.thingport.platform.watch.WatchHub;
import java.time.Clock;
import java.util.function.LongSupplier;

/** What the loops share; each of it may be used from any thread. */
record Surroundings(Settings settings, Admission admission, TopicRules rules, DeviceDirectory directory,
        DeviceStatusWriter status, BroadcastSubscribers subscribers, Functions functions, MessageIds ids, SessionStore store, Clock clock,
        LongSupplier nanoTime, ServerLimits limits, FailedAttempts failures, Turns<Origin> lookUps, UpstreamQueue upstream,
        WatchHub watch, DeviceNotices notices, Registrar registrar, ConnectEvents connectEvents, MessageEvents messageEvents,
        PresentLevels levels) {
}
