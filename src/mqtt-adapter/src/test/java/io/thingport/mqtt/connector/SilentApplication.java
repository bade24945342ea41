package io.thingport.mqtt.connector;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.TopicName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An application whose devices never answer. */
final class SilentApplication implements MqttApplication {

    @Override
    public CompletionStage<SendOutcome> send(Message message) {
        return CompletableFuture.completedStage(SendOutcome.SENT);
    }

    @Override
    public CompletionStage<CallOutcome> call(DeviceKey device, TopicName topic, byte[] request, Duration timeout) {
        return CompletableFuture.completedStage(CallOutcome.failed(CallOutcome.Status.TIMEOUT, 1));
    }

    @Override
    public CompletionStage<CallOutcome> call(DeviceKey device, byte[] request, Duration timeout) {
        return CompletableFuture.completedStage(CallOutcome.failed(CallOutcome.Status.TIMEOUT, 2));
    }

    @Override
    public CompletionStage<Optional<byte[]>> pskKey(String identity) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public void handshakeFailed(InetSocketAddress from, TlsFailure why, String detail) {
    }

    @Override
    public void malformed(InetSocketAddress from, ReasonCode reason, String why) {
    }
}
