package io.thingport.mqtt.testing;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.transport.EchoHandler;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The echo application, remembering what it was called with. Its queues may be read from any thread. */
public class RecordingHandler extends EchoHandler {

    /** One call of {@code publish}. */
    public record Published(MqttChannel channel, Message message, boolean dup, boolean retain, long token) {
    }

    /** One call of {@code acked}. */
    public record Acked(Delivery delivery, ReasonCode reason) {
    }

    /** One call of {@code closed}. */
    public record Closed(MqttChannel channel, CloseReason why, List<Delivery> unacked, boolean onItsLoop) {
    }

    public final BlockingQueue<Connect> connects = new LinkedBlockingQueue<>();
    public final BlockingQueue<MqttChannel> channels = new LinkedBlockingQueue<>();
    public final BlockingQueue<TopicName> routed = new LinkedBlockingQueue<>();
    public final BlockingQueue<Published> published = new LinkedBlockingQueue<>();
    public final BlockingQueue<Acked> acked = new LinkedBlockingQueue<>();
    public final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();

    /** Forgets all it was called with. */
    public void forget() {
        connects.clear();
        channels.clear();
        routed.clear();
        published.clear();
        acked.clear();
        closed.clear();
    }

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        connects.add(connect);
        super.connect(channel, connect);
        channels.add(channel);
    }

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        routed.add(topic);
        return super.route(channel, topic);
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        published.add(new Published(channel, publish.keep(), publish.dup(), publish.retain(), token));
        super.publish(channel, route, publish, token);
    }

    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
        acked.add(new Acked(delivery, reason));
        super.acked(channel, delivery, reason);
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        closed.add(new Closed(channel, why, unacked, channel.loop().inLoop()));
        super.closed(channel, why, unacked);
    }
}
