package io.thingport.mqtt;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the application behind the adapter does for users of {@link MqttConnection}. From any thread, never blocks.
 */
public interface MqttApplication {

    /** See {@link MqttConnection#send}. */
    CompletionStage<SendOutcome> send(Message message);

    /** See {@link MqttConnection#call}. */
    CompletionStage<CallOutcome> call(DeviceKey device, TopicName topic, byte[] request, Duration timeout);

    /** See {@link MqttConnection#call(DeviceKey, byte[], Duration)}. */
    CompletionStage<CallOutcome> call(DeviceKey device, byte[] request, Duration timeout);

    /**
     * The pre-shared key of an identity that a TLS client names.
     *
     * @return completes within 10 s, on any thread; empty when nobody has this identity or nobody knows
     */
    CompletionStage<Optional<byte[]>> pskKey(String identity);

    /**
     * A TLS handshake came to nothing.
     *
     * @param detail what the TLS engine says, possibly empty
     */
    void handshakeFailed(InetSocketAddress from, TlsFailure why, String detail);

    /** A connection is closed before its CONNECT was handed over, as what came breaks the protocol. */
    void malformed(InetSocketAddress from, ReasonCode reason, String why);
}
