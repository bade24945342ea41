package io.thingport.mqtt;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A handle to send to devices. Cheap, not thread-safe; close it after use. Work under way goes on after
 * {@link #close()}. Every method throws {@link IllegalStateException} on a closed handle and before the application is
 * open.
 */
public interface MqttConnection extends AutoCloseable {

    /**
     * Publishes to the device that owns the topic, as the business API's Pub does: the topic has to be one the device
     * may subscribe to.
     *
     * @return completes when the message is settled; never exceptionally for what a device does or does not do
     */
    CompletionStage<SendOutcome> send(Message message);

    /**
     * Calls a device over a topic of its own (the custom topic form of RRPC).
     *
     * @param timeout 1 s to 8 s
     * @throws IllegalArgumentException for a timeout outside these bounds
     */
    CompletionStage<CallOutcome> call(DeviceKey device, TopicName topic, byte[] request, Duration timeout);

    /** Calls a device over the system topic of RRPC; else like {@link #call(DeviceKey, TopicName, byte[], Duration)}. */
    CompletionStage<CallOutcome> call(DeviceKey device, byte[] request, Duration timeout);

    @Override
    void close();
}
