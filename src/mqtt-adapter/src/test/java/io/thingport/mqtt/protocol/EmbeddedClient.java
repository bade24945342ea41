package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Packets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client of one connection on a loop of its own, without socket and thread: everything happens within the calls, and
 * time passes when it is told to.
 */
final class EmbeddedClient {

    private static final boolean DIRECT = false;
    private static final boolean NO_LEAK_DETECTION = true; // its exact count of bytes in use finds more, and in no time

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(DIRECT, NO_LEAK_DETECTION);
    private final EmbeddedChannel loopThread = new EmbeddedChannel(); // its tasks outlive the socket
    private final Socket socket = new Socket();
    private final List<ReasonCode> malformed = new ArrayList<>();
    private final Unauthenticated unauthenticated;
    private final EventLoopState loop;
    private long nanos;

    EmbeddedClient(MqttServerSettings settings, MqttHandler handler) {
        this(settings, turn -> turn.drain(handler));
    }

    EmbeddedClient(MqttServerSettings settings, MqttListener listener) {
        loopThread.freezeTime();
        unauthenticated = new Unauthenticated(settings.unauthenticatedMaximum(),
                settings.unauthenticatedConnections());
        loop = new EventLoopState(0, loopThread.eventLoop(), settings, unauthenticated,
                (from, reason, why) -> malformed.add(reason), () -> nanos);
        loop.listener(listener);
        socket.config().setAllocator(allocator);
        socket.config().setWriteBufferWaterMark(
                new WriteBufferWaterMark(settings.outputMaximum() / 2, settings.outputMaximum()));
        socket.pipeline().addLast(loop.newConnection());
        socket.pipeline().fireChannelActive();
    }

    /** What the application was told of what came instead of CONNECT. */
    List<ReasonCode> malformed() {
        return malformed;
    }

    EventLoopState loop() {
        return loop;
    }

    /** Bytes held before CONNACK. */
    long unauthenticated() {
        return unauthenticated.bytes();
    }

    /** Bytes in buffers. */
    long memory() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    /** Sends bytes, which arrive with one read, and lets the loop do what it has to. */
    void send(String hex) {
        send(Packets.bytes(hex));
    }

    void send(byte[] bytes) {
        read(bytes);
        run();
    }

    /** Lets bytes arrive without running the loop's turn. */
    void read(byte[] bytes) {
        ByteBuf buffer = allocator.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
        if (socket.isActive()) {
            socket.pipeline().fireChannelRead(buffer);
        } else {
            buffer.release();
        }
    }

    /** Runs what waits on the loop. */
    void run() {
        do {
            socket.runPendingTasks();
            loopThread.runPendingTasks();
        } while (socket.hasPendingTasks() || loopThread.hasPendingTasks());
    }

    /** What was sent to the client since the last look. */
    String received() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = socket.readOutbound(); bytes != null; bytes = socket.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        byte[] array = new byte[all.readableBytes()];
        all.readBytes(array);
        return Packets.hex(array);
    }

    /** While it does not read, what is sent to it stays in the server. */
    void reading(boolean reading) {
        socket.blocked = !reading;
        if (reading) {
            socket.flush();
            run();
        }
    }

    /** Whether the server takes what the client sends. */
    boolean beingRead() {
        return socket.config().isAutoRead();
    }

    /** Closes the client's side. */
    void close() {
        socket.close();
        run();
    }

    boolean closed() {
        return !socket.isActive();
    }

    void passTime(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 10) {
            long step = TimeUnit.MILLISECONDS.toNanos(Math.min(10, left));
            nanos += step;
            loopThread.advanceTimeBy(step, TimeUnit.NANOSECONDS);
            run();
        }
    }

    /** Closes, and finds every buffer given back. */
    void closeAndExpectNoLeak() {
        close();
        if (loop.hasConnections()) {
            passTime(Duration.ofSeconds(3));
        }
        received();
        assertThat(loop.hasConnections()).isFalse();
        assertThat(unauthenticated.bytes()).isZero();
        assertThat(memory()).isZero();
    }

    private final class Socket extends EmbeddedChannel {

        private boolean blocked;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!blocked) {
                super.doWrite(in);
            }
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        }
    }
}
