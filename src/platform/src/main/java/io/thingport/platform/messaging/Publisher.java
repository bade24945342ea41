package io.thingport.platform.messaging;

import io.thingport.mqtt.Message;
import io.thingport.platform.session.Loops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

/** Publishes to devices, for every component. From any thread, never blocks. */
@ApplicationScoped
public class Publisher {

    @Inject
    private Loops loops;

    /**
     * Publishes a message to the device that owns its topic, at the message's QoS; the topic has to be one that the device
     * may subscribe to.
     *
     * @return completes on an event loop, never exceptionally, when it is known what became of the message
     */
    public CompletionStage<PubResult> publish(Message message) {
        return loops.publish(message);
    }
}
