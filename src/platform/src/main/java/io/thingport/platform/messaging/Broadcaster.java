package io.thingport.platform.messaging;

import io.thingport.mqtt.TopicName;
import io.thingport.platform.session.Loops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sends a message to many devices of a product, for every component. From any thread, never blocks. */
@ApplicationScoped
public class Broadcaster {

    /** The largest payload, in bytes. */
    public static final int PAYLOAD_MAXIMUM = 64 * 1024;
    /** How far broadcasts to all devices of a product are apart, at least. */
    public static final Duration PRODUCT_INTERVAL = Duration.ofMinutes(1);
    /** How far broadcasts on a topic are apart, at least. */
    public static final Duration TOPIC_INTERVAL = Duration.ofSeconds(1);

    @Inject
    private Loops loops;

    /**
     * Sends a message at QoS 0 to the connected devices of a product: on a topic to those that have subscribed to it, else to
     * all of them, each on its {@code /sys/{pk}/{dn}/broadcast/request/{id}}. It waits for nobody.
     *
     * @param productKey of a product that exists
     * @param topic      {@code /broadcast/{productKey}/…}, or empty for all devices
     * @param payload    not copied
     * @return completes on an event loop, never exceptionally, when it has gone to the last one
     */
    public CompletionStage<BroadcastResult> broadcast(String productKey, Optional<TopicName> topic, byte[] payload) {
        return loops.broadcast(productKey, topic, payload);
    }
}
