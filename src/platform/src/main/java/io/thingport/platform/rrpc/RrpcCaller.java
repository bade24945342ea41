package io.thingport.platform.rrpc;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.session.Loops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Calls devices, for every component. From any thread, never blocks. */
@ApplicationScoped
public class RrpcCaller {

    @Inject
    private Loops loops;

    /**
     * Calls a device and waits for its reply.
     *
     * @param topic   a topic of the device, for the custom form; empty for the system form
     * @param request not copied
     * @param timeout {@link Loops#CALL_MINIMUM} to {@link Loops#CALL_MAXIMUM}; anything else is the caller's error and ends
     *                in an exception
     * @return completes on an event loop, never exceptionally
     */
    public CompletionStage<CallOutcome> call(DeviceKey device, Optional<TopicName> topic, byte[] request,
            Duration timeout) {
        return loops.call(device, topic, request, timeout);
    }
}
