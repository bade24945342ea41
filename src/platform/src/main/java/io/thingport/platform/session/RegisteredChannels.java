package io.thingport.platform.session;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.util.Collections;
import java.util.List;

/**
 * The channels of one loop over which devices were registered: nothing that they publish goes anywhere, nothing can be
 * subscribed to. Owned by the loop's thread.
 */
final class RegisteredChannels implements MqttHandler {

    private static final Route NOWHERE = new Route() {
        @Override
        public boolean current() {
            return true;
        }

        @Override
        public boolean cacheable() {
            return false;
        }
    };

    private final LoopCounters counters;

    RegisteredChannels(LoopCounters counters) {
        this.counters = counters;
    }

    static boolean isRegistered(MqttChannel channel) {
        return channel.state() instanceof Registered;
    }

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        throw new IllegalStateException("a CONNECT is no registered device's");
    }

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        return NOWHERE;
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        counters.drops.add(DropReason.NOT_AUTHORIZED);
        if (publish.qos() == QoS.AT_LEAST_ONCE) {
            channel.ack(token, ReasonCode.NOT_AUTHORIZED);
        }
    }

    /** Nothing is sent to them at QoS 1. */
    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        suback.send(Collections.nCopies(subscriptions.size(), ReasonCode.NOT_AUTHORIZED));
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        unsuback.send(Collections.nCopies(filters.size(), ReasonCode.NO_SUBSCRIPTION_EXISTED));
    }

    /** What they are sent they were sent once, at QoS 0. */
    @Override
    public void writable(MqttChannel channel) {
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        ((Registered) channel.state()).end().cancel();
    }
}
