package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a message of a device to itself costs in memory. */
class AllocationTest {

    private static final int MESSAGES = 10_000;
    private static final int DELIVERY_BYTES = 16;

    private final TestServer server = new TestServer();
    private final MqttHandler handler = server.loops.handler(server.home(LAMP).index());
    private final Idle channel = new Idle(server.home(LAMP));

    @Test
    void aQos0MessageAllocatesNothing() {
        assertThat(bytesPerMessage(QoS.AT_MOST_ONCE)).isZero();
    }

    @Test
    void aQos1MessageAllocatesOneDelivery() {
        assertThat(bytesPerMessage(QoS.AT_LEAST_ONCE)).isLessThanOrEqualTo(DELIVERY_BYTES);
    }

    private long bytesPerMessage(QoS qos) {
        server.home(LAMP).run(() -> {
            handler.connect(channel, TestServer.connectPacket(LAMP, MqttVersion.V3_1_1, 0));
            server.settle();
            handler.subscribe(channel, List.of(new Subscription(new TopicFilter(CHAT), false)), reasons -> { });
        });
        TopicName topic = TopicName.of(CHAT);
        Route route = handler.route(channel, topic);
        TestPublish publish = new TestPublish(topic, qos, "payload", PublishProperties.NONE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        publish(route, publish);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MESSAGES; i++) {
            publish(route, publish);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / MESSAGES;
    }

    private void publish(Route route, TestPublish publish) {
        checkCurrent(route);
        handler.publish(channel, route, publish, 1);
    }

    private static void checkCurrent(Route route) {
        if (!route.current()) {
            throw new IllegalStateException("the route is not current");
        }
    }

    /** A channel that takes everything and keeps nothing. */
    private static final class Idle implements MqttChannel {
        private final MqttLoop loop;
        private Object state;

        Idle(MqttLoop loop) {
            this.loop = loop;
        }

        @Override
        public MqttLoop loop() {
            return loop;
        }

        @Override
        public Object state() {
            return state;
        }

        @Override
        public Peer peer() {
            return new Peer(new InetSocketAddress("192.0.2.7", 4711), false);
        }

        @Override
        public MqttVersion version() {
            return MqttVersion.V3_1_1;
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public int silence() {
            return 0;
        }

        @Override
        public void moveTo(MqttLoop home, Runnable then) {
            then.run();
        }

        @Override
        public void accept(Object state, ConnackOptions options) {
            this.state = state;
        }

        @Override
        public void refuse(ReasonCode reason, String why) {
            throw new IllegalStateException(why);
        }

        @Override
        public void ack(long token, ReasonCode reason) {
            if (reason != ReasonCode.SUCCESS) {
                throw new IllegalStateException(reason.toString());
            }
        }

        @Override
        public void drop(long token) {
            throw new IllegalStateException("dropped");
        }

        @Override
        public List<Delivery> unacknowledged() {
            return List.of();
        }

        @Override
        public SendResult send(Message message) {
            return SendResult.SENT;
        }

        @Override
        public SendResult send(Message message, Delivery delivery) {
            return SendResult.SENT;
        }

        @Override
        public int room() {
            return 1;
        }

        @Override
        public void close(ReasonCode reason, String why) {
            throw new IllegalStateException(why);
        }
    }
}
