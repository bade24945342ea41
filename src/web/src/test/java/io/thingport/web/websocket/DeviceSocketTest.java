package io.thingport.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Peer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client's WebSocket between the server's session, which is a fake, and the adapter's port, another one. */
@Timeout(10)
class DeviceSocketTest {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Map<Class<?>, MessageHandler.Whole<Object>> handlers = new HashMap<>();
    private volatile boolean wanted = true;
    private volatile SendHandler sending;
    private int messageMaximum;

    @Test
    void binaryMessagesAreTheClientsBytes() throws Exception {
        open(60_000);

        handlers.get(ByteBuffer.class).onMessage(ByteBuffer.wrap(new byte[] {1, 2}));

        assertThat(events.take()).isEqualTo("received 2");
    }

    @Test
    void messagesAreSmallBeforeConnack() {
        DeviceSocket socket = open(60_000);
        assertThat(messageMaximum).isEqualTo(DeviceSocket.FIRST_MESSAGE_MAXIMUM);

        socket.send(ByteBuffer.allocate(4));
        assertThat(messageMaximum).isGreaterThan(MqttServerSettings.DEFAULTS.packetMaximum());
    }

    /** [MQTT-6.0.0-1] */
    @Test
    void aTextMessageEndsTheConnection() throws Exception {
        open(60_000);

        handlers.get(String.class).onMessage("hello");

        assertThat(events.take()).isEqualTo("close 1003");
    }

    @Test
    void nothingMoreIsReadUntilItIsWanted() throws Exception {
        DeviceSocket socket = answered(60_000);
        wanted = false;

        CompletableFuture<Void> message = message();
        assertThat(events.take()).isEqualTo("received 1");
        assertThat(message).isNotDone();
        socket.resume();

        message.get();
        assertThat(events).isEmpty();
    }

    @Test
    void itIsReadOnWhenItWasWantedBeforeOneCouldWait() throws Exception {
        DeviceSocket socket = answered(60_000);
        wanted = false;

        socket.resume();

        message().get();
    }

    @Test
    void whoeverMakesAThreadWaitTooLongIsGivenUp() throws Exception {
        answered(20);
        wanted = false;

        message().get();

        assertThat(events).containsExactly("received 1", "abandon");
    }

    @Test
    void noThreadWaitsForWhoHasNotBeenAnsweredYet() throws Exception {
        open(60_000);
        wanted = false;

        message().get();

        assertThat(events).containsExactly("received 1", "abandon");
    }

    @Test
    void theEndOfTheConnectionEndsTheWaiting() throws Exception {
        DeviceSocket socket = answered(60_000);
        wanted = false;

        CompletableFuture<Void> message = message();
        events.take();
        socket.close();

        message.get();
        assertThat(events).containsExactly("close 1000");
    }

    @Test
    void whatIsSentIsAnswered() throws Exception {
        DeviceSocket socket = open(60_000);

        socket.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        sending.onResult(new SendResult());

        assertThat(events).containsExactly("send 3", "sent");
    }

    @Test
    void whatCannotBeSentIsTheEnd() throws Exception {
        DeviceSocket socket = open(60_000);

        socket.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        sending.onResult(new SendResult(new IOException("lost")));

        assertThat(events).containsExactly("send 3", "closed");
    }

    @Test
    void theEndOfTheWebSocketIsToldToThePort() {
        open(60_000).onClose(session(), new CloseReason(CloseReason.CloseCodes.GOING_AWAY, ""));

        assertThat(events).containsExactly("closed");
    }

    @Test
    void whoComesWhileNobodyCanConnectIsToldToComeAgain() {
        socket(60_000, (proxy, method, arguments) -> {
            throw new IllegalStateException("clients cannot connect now");
        }).onOpen(session(), null);

        assertThat(events).containsExactly("close 1013");
    }

    @Test
    void thoseWhoWaitForTheirConnackAreCounted() {
        List<DeviceSocket> waiting = new ArrayList<>();
        while (!DeviceSocket.crowded()) {
            waiting.add(open(60_000));
        }

        waiting.get(0).send(ByteBuffer.allocate(4));
        waiting.get(0).onClose(session(), new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
        assertThat(DeviceSocket.crowded()).isFalse();
        waiting.add(open(60_000));
        assertThat(DeviceSocket.crowded()).isTrue();

        waiting.forEach(socket -> socket.onClose(session(), new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "")));
        assertThat(DeviceSocket.crowded()).isFalse();
    }

    private DeviceSocket open(long restMillis) {
        DeviceSocket socket = socket(restMillis, (proxy, method, arguments) -> new Port());
        socket.onOpen(session(), null);
        return socket;
    }

    /** One that is open and has got CONNACK. */
    private DeviceSocket answered(long restMillis) {
        DeviceSocket socket = open(restMillis);
        socket.send(ByteBuffer.allocate(4));
        events.clear();
        return socket;
    }

    private static DeviceSocket socket(long restMillis, InvocationHandler server) {
        return new DeviceSocket(fake(MqttServer.class, server), new Peer(new InetSocketAddress("192.0.2.1", 4711), false),
                MqttServerSettings.DEFAULTS, Runnable::run, restMillis);
    }

    /** One message, on a thread of the server's. */
    private CompletableFuture<Void> message() {
        return CompletableFuture.runAsync(() -> handlers.get(ByteBuffer.class).onMessage(ByteBuffer.wrap(new byte[1])),
                task -> new Thread(task).start()).orTimeout(10, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    private Session session() {
        RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            sending = (SendHandler) arguments[1];
            events.add("send " + ((ByteBuffer) arguments[0]).remaining());
            return null;
        });
        return fake(Session.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "addMessageHandler" -> handlers.put((Class<?>) arguments[0], (MessageHandler.Whole<Object>) arguments[1]);
                case "getAsyncRemote" -> {
                    return remote;
                }
                case "close" -> events.add("close " + ((CloseReason) arguments[0]).getCloseCode().getCode());
                case "setMaxBinaryMessageBufferSize" -> messageMaximum = (int) arguments[0];
                default -> assertThat(method.getName()).isEqualTo("setMaxIdleTimeout");
            }
            return null;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private final class Port implements BytePort {

        @Override
        public boolean received(ByteBuffer bytes) {
            events.add("received " + bytes.remaining());
            return wanted;
        }

        @Override
        public void sent() {
            events.add("sent");
        }

        @Override
        public void closed() {
            events.add("closed");
        }

        @Override
        public void abandon(String why) {
            events.add("abandon");
        }
    }
}
