package io.thingport.upstream;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.platform.config.Settings;
import io.thingport.platform.upstream.UpstreamException;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.message.Message;

/** An engine in a folder. */
final class TestBroker implements AutoCloseable {

    static final int MANY = 1_000_000;

    private static final DeviceKey DEVICE = new DeviceKey("a1AbCdEf", "lamp");
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final EmbeddedBroker broker;
    private final EmbeddedSink sink;
    private final EmbeddedQueues queues;

    TestBroker(Path folder) throws UpstreamException {
        this(folder, MANY, Duration.ofDays(1));
    }

    TestBroker(Path folder, int groupMessages, Duration retention) throws UpstreamException {
        this(folder, Settings.Amqp.NONE, groupMessages, retention);
    }

    private TestBroker(Path folder, int port, int groupMessages, Duration retention) throws UpstreamException {
        broker = new EmbeddedBroker(folder, new Settings.Amqp("localhost", port), new Everybody(),
                List.of(new ProtonProtocolManagerFactory()), new NettyAcceptorFactory());
        broker.start();
        sink = new EmbeddedSink(broker, new Settings.Upstream(ZoneOffset.UTC, groupMessages, retention, Optional.empty()),
                Clock.systemUTC());
        queues = new EmbeddedQueues(broker, sink);
    }

    /** One to which everybody can connect. */
    static TestBroker open(Path folder, int port) throws UpstreamException {
        return new TestBroker(folder, port, MANY, Duration.ofDays(1));
    }

    static UpstreamMessage message(int id, String... groups) {
        return message(id, Integer.toString(id).getBytes(StandardCharsets.UTF_8), groups);
    }

    static UpstreamMessage message(int id, byte[] payload, String... groups) {
        return new UpstreamMessage(id, UpstreamKind.DATA, DEVICE, List.of(groups), "/a1AbCdEf/lamp/user/up",
                QoS.AT_LEAST_ONCE, 1_700_000_000_000L, PublishProperties.NONE, payload);
    }

    EmbeddedSink sink() {
        return sink;
    }

    EmbeddedQueues queues() {
        return queues;
    }

    /**
     * The message-ids of what waits for a group.
     *
     * @param expected how many to wait for: the engine moves them into the queue on a thread of its own
     */
    List<String> ids(String group, int expected) throws Exception {
        return bytes(group, expected).stream().map(encoded -> {
            Message read = Message.Factory.create();
            read.decode(encoded, 0, encoded.length);
            return (String) read.getMessageId();
        }).toList();
    }

    /** What waits for a group, as a consumer would receive it; like {@link #ids}. */
    List<byte[]> bytes(String group, int expected) throws Exception {
        await(() -> present(group).size() >= expected);
        return present(group);
    }

    private List<byte[]> present(String group) {
        List<byte[]> all = new ArrayList<>();
        try (LinkedListIterator<MessageReference> waiting = queue(group).browserIterator()) {
            while (waiting.hasNext()) {
                ReadableBuffer data = ((AMQPStandardMessage) waiting.next().getMessage()).getSendBuffer(1, null);
                byte[] bytes = new byte[data.remaining()];
                data.get(bytes);
                all.add(bytes);
            }
        }
        return all;
    }

    /** Makes the address of a group's queue, and not the queue. */
    void makeAddress(String group) throws Exception {
        broker.server().addAddressInfo(new AddressInfo(Queues.of(group), RoutingType.ANYCAST));
    }

    boolean hasAddress(String group) {
        return broker.server().getAddressInfo(Queues.of(group)) != null;
    }

    /** Looks for what has expired, as the engine does every now and then. */
    void expire(String group) throws Exception {
        queue(group).expireReferences();
    }

    /** Whether some of what waits for a group is on disk only. */
    boolean pages(String group) {
        return queue(group).getPagingStore().isPaging();
    }

    void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + DEADLINE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Queue queue(String group) {
        return broker.server().locateQueue(Queues.of(group));
    }

    @Override
    public void close() {
        broker.stop();
    }

    private static final class Everybody implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String password) {
            return true;
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
            return true;
        }
    }
}
