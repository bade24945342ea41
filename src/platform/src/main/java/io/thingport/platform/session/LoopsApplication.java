package io.thingport.platform.session;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.PskKeys;
import io.thingport.platform.messaging.PubResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the adapter and users of its connection factory get from the platform. */
public final class LoopsApplication implements MqttApplication {

    private final Loops loops;
    private final PskKeys pskKeys;

    public LoopsApplication(Loops loops, PskKeys pskKeys) {
        this.loops = loops;
        this.pskKeys = pskKeys;
    }

    @Override
    public CompletionStage<SendOutcome> send(Message message) {
        return loops.publish(message).thenApply(PubResult::outcome);
    }

    @Override
    public CompletionStage<CallOutcome> call(DeviceKey device, TopicName topic, byte[] request, Duration timeout) {
        return loops.call(device, Optional.of(topic), request, timeout);
    }

    @Override
    public CompletionStage<CallOutcome> call(DeviceKey device, byte[] request, Duration timeout) {
        return loops.call(device, Optional.empty(), request, timeout);
    }

    @Override
    public void handshakeFailed(InetSocketAddress from, TlsFailure why, String detail) {
        loops.handshakeFailed(from, why, detail);
    }

    @Override
    public void malformed(InetSocketAddress from, ReasonCode reason, String why) {
        loops.malformed(from, reason, why);
    }

    @Override
    public CompletionStage<Optional<byte[]>> pskKey(String identity) {
        return pskKeys.key(identity);
    }
}
