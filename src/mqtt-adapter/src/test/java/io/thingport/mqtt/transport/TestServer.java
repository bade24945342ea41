package io.thingport.mqtt.transport;

import io.netty.buffer.PooledByteBufAllocator;
import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.TlsMaterial;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A transport with two loops on a free port of the loopback address. Its end finds every buffer given back. */
final class TestServer implements AutoCloseable {

    static final MqttApplication NO_APPLICATION = new Application(identity -> {
        throw new UnsupportedOperationException();
    });

    final MqttTransport transport = new MqttTransport(task -> new Thread(task, "loop").start());
    private final MqttServerSettings settings;
    private final List<RawClient> clients = new CopyOnWriteArrayList<>();

    TestServer(MqttHandler handler) {
        this(settings(freePort()), handler);
    }

    TestServer(MqttServerSettings settings, MqttHandler handler) {
        this(settings, Optional.empty(), handler, NO_APPLICATION);
    }

    TestServer(MqttServerSettings settings, Optional<TlsMaterial> material, MqttHandler handler) {
        this(settings, material, handler, NO_APPLICATION);
    }

    /** @param keys finds the keys of identities */
    TestServer(MqttServerSettings settings, MqttHandler handler, Function<String, CompletionStage<Optional<byte[]>>> keys) {
        this(settings, Optional.empty(), handler, new Application(keys));
    }

    private TestServer(MqttServerSettings settings, Optional<TlsMaterial> material, MqttHandler handler,
            MqttApplication application) {
        this.settings = settings;
        material.ifPresent(transport::use);
        transport.attach(source(handler));
        transport.open(settings, application);
        Eventually.until("listening", () -> transport.status().listening());
    }

    /** The settings of the product on this port of the loopback address. */
    static MqttServerSettings settings(int port) {
        return settings(List.of(listener(port)));
    }

    /** The settings of the product with these listeners. */
    static MqttServerSettings settings(List<ListenerSettings> listeners) {
        MqttServerSettings defaults = MqttServerSettings.DEFAULTS;
        return new MqttServerSettings(listeners, defaults.tls(), 2, defaults.connectTimeout(), defaults.connectMaximum(),
                defaults.unauthenticatedMaximum(), defaults.unauthenticatedConnections(), defaults.packetMaximum(), defaults.receiveMaximum(),
                defaults.sendWindow(), defaults.topicAliasMaximum(), defaults.outputMaximum());
    }

    /** A listener on this port of the loopback address. */
    static ListenerSettings listener(int port) {
        return new ListenerSettings("main", "127.0.0.1", port, Transport.AUTO, ClientCertificate.NONE, false, List.of());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ListenerSource source(MqttHandler handler) {
        return new ListenerSource() {
            @Override
            public MqttListener obtain() {
                return turn -> turn.drain(handler);
            }

            @Override
            public void release(MqttListener listener) {
            }
        };
    }

    int port() {
        return settings.listeners().get(0).port();
    }

    /** This one goes with the server at the latest. */
    RawClient client(Socket connected) {
        RawClient client = new RawClient(connected);
        clients.add(client);
        return client;
    }

    /** A new client; it goes with the server at the latest. */
    RawClient client() {
        RawClient client = new RawClient(port());
        clients.add(client);
        return client;
    }

    /**
     * Closes all clients and waits until the application knows: nothing of them comes any more.
     */
    void closeClients() {
        clients.forEach(RawClient::close);
        clients.clear();
        Eventually.until("no connection left", () -> transport.counters().connections() == 0);
        transport.loops().forEach(loop -> on(loop, () -> true));
    }

    /** Runs on a loop, and waits for the outcome. */
    static <T> T on(MqttLoop loop, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.post(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return Eventually.get(result);
    }

    @Override
    public void close() {
        transport.close();
        clients.forEach(RawClient::close);
        Eventually.until("every buffer given back", () -> pinned() == 0);
    }

    /** Bytes of buffers in use. */
    private static long pinned() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() + PooledByteBufAllocator.DEFAULT.pinnedHeapMemory();
    }

    private record Application(Function<String, CompletionStage<Optional<byte[]>>> keys) implements MqttApplication {

        @Override
        public CompletionStage<SendOutcome> send(Message message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<CallOutcome> call(DeviceKey device, TopicName topic, byte[] request, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<CallOutcome> call(DeviceKey device, byte[] request, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<byte[]>> pskKey(String identity) {
            return keys.apply(identity);
        }

        @Override
        public void handshakeFailed(InetSocketAddress from, TlsFailure why, String detail) {
        }

        @Override
        public void malformed(InetSocketAddress from, ReasonCode reason, String why) {
        }
    }
}
