package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An application that does what it is told, at any time, and holds the channel to its contract: every call after
 * {@code connect} and before {@code closed}, which comes once; every token once; every delivery back once.
 */
final class FuzzedApplication implements MqttHandler {

    private static final Route ROUTE = new Route() {
        @Override
        public boolean current() {
            return true;
        }

        @Override
        public boolean cacheable() {
            return true;
        }
    };

    private final boolean acceptsAtOnce;
    private MqttChannel channel;
    private boolean decided;
    private boolean closed;
    private final List<Long> tokens = new ArrayList<>();
    private final List<Runnable> replies = new ArrayList<>();
    private final List<Delivery> open = new ArrayList<>();

    FuzzedApplication(boolean acceptsAtOnce) {
        this.acceptsAtOnce = acceptsAtOnce;
    }

    boolean connected() {
        return channel != null;
    }

    boolean isClosed() {
        return closed;
    }

    void accept() {
        decided = true;
        channel.accept(this, new ConnackOptions(false, 60, OptionalLong.empty(), Optional.empty()));
    }

    void refuse() {
        decided = true;
        channel.refuse(ReasonCode.NOT_AUTHORIZED, "refused");
    }

    void close() {
        channel.close(ReasonCode.ADMINISTRATIVE_ACTION, "closed");
    }

    void send(Message message, boolean once) {
        if (!once) {
            channel.send(message);
            return;
        }
        Delivery delivery = new Delivery();
        if (channel.send(message, delivery) == SendResult.SENT) {
            assertThat(open).extracting(Delivery::packetId).doesNotContain(delivery.packetId()).doesNotContain(0);
            assertThat(open).hasSizeLessThan(FuzzedClient.SETTINGS.sendWindow());
            open.add(delivery);
        }
    }

    /** Settles the publish with this index among those that wait, or one that is unknown. */
    void settle(int index, boolean dropped) {
        long token = tokens.isEmpty() ? index : tokens.remove(index % tokens.size());
        if (dropped) {
            channel.drop(token);
        } else {
            channel.ack(token, index % 2 == 0 ? ReasonCode.SUCCESS : ReasonCode.NOT_AUTHORIZED);
        }
    }

    void reply() {
        if (!replies.isEmpty()) {
            replies.remove(0).run();
        }
    }

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        assertThat(this.channel).as("connects").isNull();
        this.channel = channel;
        if (acceptsAtOnce) {
            accept();
        }
    }

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        expectAlive();
        return ROUTE;
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        expectAlive();
        if (publish.qos() == QoS.AT_LEAST_ONCE) {
            assertThat(tokens).doesNotContain(token).hasSizeLessThan(FuzzedClient.SETTINGS.receiveMaximum());
            tokens.add(token);
        }
        send(publish, publish.qos() == QoS.AT_LEAST_ONCE);
    }

    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
        expectAlive();
        assertThat(open.remove(delivery)).as("an open delivery").isTrue();
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        expectAlive();
        assertThat(subscriptions).isNotEmpty();
        replies.add(() -> suback.send(Collections.nCopies(subscriptions.size(), ReasonCode.GRANTED_QOS_1)));
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        expectAlive();
        assertThat(filters).isNotEmpty();
        replies.add(() -> unsuback.send(Collections.nCopies(filters.size(), ReasonCode.SUCCESS)));
    }

    @Override
    public void writable(MqttChannel channel) {
        expectAlive();
        send(Message.of(TopicName.of("/room/again"), QoS.AT_LEAST_ONCE, Payload.of(new byte[100])), true);
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        assertThat(closed).as("closed before").isFalse();
        assertThat(unacked).containsExactlyElementsOf(open);
        closed = true;
    }

    private void expectAlive() {
        assertThat(decided && !closed).as("accepted and not closed").isTrue();
    }
}
