package io.thingport.platform.messaging;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicFilter;
import io.thingport.platform.session.Loops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Subscribes and unsubscribes for devices, for every component. Results complete on an event loop, never exceptionally. From
 * any thread, never blocks.
 */
@ApplicationScoped
public class DeviceSubscriptions {

    @Inject
    private Loops loops;

    /**
     * Subscribes for a connected device, by the same rules as if it did so itself; what is granted lasts as long as what it
     * subscribes.
     */
    public CompletionStage<SubscriptionResult> subscribe(DeviceKey device, List<TopicFilter> filters) {
        return loops.subscribe(device, filters);
    }

    /** Unsubscribes for a connected device, also what it has subscribed itself. */
    public CompletionStage<SubscriptionResult> unsubscribe(DeviceKey device, List<TopicFilter> filters) {
        return loops.unsubscribe(device, filters);
    }

    /** What a device, connected or not, has subscribed to, or was subscribed to. */
    public CompletionStage<SubscriptionResult> list(DeviceKey device) {
        return loops.subscriptions(device);
    }
}
