package io.thingport.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Peer;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceSocketTest {

    private static final Peer PEER = new Peer(new InetSocketAddress("192.0.2.1", 4711), true);

    private final Map<Class<?>, MessageHandler.Whole<?>> handlers = new HashMap<>();
    private final List<String> abandoned = new ArrayList<>();
    private final DeviceSocket socket = new DeviceSocket(server(), PEER, MqttServerSettings.DEFAULTS, Runnable::run);

    /** The threads that may rest are few, and nobody has proven anything yet. */
    @Test
    void noThreadRestsForAClientThatHasNotBeenAnswered() {
        socket.onOpen(session(), null);

        assertTimeoutPreemptively(Duration.ofSeconds(10), this::bringTooMuch);
        assertThat(abandoned).containsExactly("sends too much before CONNACK");
    }

    @SuppressWarnings("unchecked")
    private void bringTooMuch() {
        ((MessageHandler.Whole<ByteBuffer>) handlers.get(ByteBuffer.class)).onMessage(ByteBuffer.allocate(1));
    }

    private MqttServer server() {
        BytePort port = new BytePort() {
            @Override
            public boolean received(ByteBuffer bytes) {
                return false;
            }

            @Override
            public void sent() {
            }

            @Override
            public void closed() {
            }

            @Override
            public void abandon(String why) {
                abandoned.add(why);
            }
        };
        return (MqttServer) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MqttServer.class},
                (proxy, method, arguments) -> port);
    }

    private Session session() {
        return (Session) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Session.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("addMessageHandler")) {
                        handlers.put((Class<?>) arguments[0], (MessageHandler.Whole<?>) arguments[1]);
                    }
                    return null;
                });
    }
}
