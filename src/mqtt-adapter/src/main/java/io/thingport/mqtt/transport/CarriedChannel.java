package io.thingport.mqtt.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.ByteSink;
import io.thingport.mqtt.Peer;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A channel whose bytes the application carries: what its port is given is read here, what is written here goes to its
 * sink, one piece at a time and each as large as what has gathered meanwhile. A sink that takes nothing for
 * too long is closed.
 *
 * <p>Owned by the thread of its event loop, which may change while nothing is read, but for the port's methods and what
 * they need: the queue of what has been received, and its length.
 */
final class CarriedChannel extends AbstractChannel implements BytePort {

    /** Received bytes that wait to be read, from which on no more are wanted. */
    static final int RECEIVED_MAXIMUM = 64 * 1024;
    /** Bytes of one piece, but for a single buffer that is larger. */
    private static final int PIECE = 64 * 1024;
    private static final int BUFFERS = 1024; // of one piece at most
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final EventLoops loops;
    private final Peer peer;
    private final ByteSink sink;
    private final long stallNanos;
    private final ChannelConfig config = new DefaultChannelConfig(this) {
        @Override
        protected void autoReadCleared() {
            readWanted = false;
        }
    };

    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger receivedBytes = new AtomicInteger();
    private final AtomicBoolean resting = new AtomicBoolean();

    private volatile boolean open = true; // the port asks, too
    private boolean readWanted;
    private int sending; // bytes the sink has and has not sent; 0 = it takes some
    private long sendingSince;
    private boolean watched;

    /** @param stallMillis how long the sink may take nothing while something waits for it */
    CarriedChannel(EventLoops loops, Peer peer, ByteSink sink, long stallMillis) {
        super(null);
        this.loops = loops;
        this.peer = peer;
        this.sink = sink;
        this.stallNanos = TimeUnit.MILLISECONDS.toNanos(stallMillis);
    }

    // ---- the port, from any thread ----

    @Override
    public boolean received(ByteBuffer bytes) {
        if (!open || !bytes.hasRemaining()) {
            return true;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        int waiting = receivedBytes.addAndGet(copy.length);
        received.add(copy);
        if (waiting > RECEIVED_MAXIMUM) {
            resting.set(true);
        }
        onLoop(this::readReceived);
        return waiting <= RECEIVED_MAXIMUM;
    }

    @Override
    public void sent() {
        onLoop(this::pieceSent);
    }

    @Override
    public void closed() {
        onLoop(() -> unsafe().close(voidPromise()));
    }

    @Override
    public void abandon(String why) {
        onLoop(() -> giveUp(why));
    }

    private void onLoop(Runnable task) {
        EventLoop loop = eventLoop();
        try {
            loop.execute(() -> {
                if (eventLoop() == loop) {
                    task.run();
                } else {
                    onLoop(task); // it has moved
                }
            });
        } catch (RejectedExecutionException ended) {
            open = false; // with all that runs on loops
        }
    }

    // ---- the loop's thread ----

    private void readReceived() {
        boolean reads = readWanted && open && !received.isEmpty();
        if (reads) {
            readWanted = false;
            int read = 0;
            for (byte[] bytes = received.poll(); bytes != null; bytes = received.poll()) {
                read += bytes.length;
                pipeline().fireChannelRead(Unpooled.wrappedBuffer(bytes));
            }
            receivedBytes.addAndGet(-read);
        }
        if (open && receivedBytes.get() <= RECEIVED_MAXIMUM && resting.compareAndSet(true, false)) {
            sink.resume();
        }
        if (reads) {
            pipeline().fireChannelReadComplete();
        }
    }

    private void pieceSent() {
        ChannelOutboundBuffer output = unsafe().outboundBuffer();
        if (output != null && sending > 0) {
            int length = sending;
            sending = 0;
            output.removeBytes(length);
            ((Writing) unsafe()).flush0();
        }
    }

    private void watch(long nanos) {
        watched = true;
        eventLoop().schedule(() -> {
            watched = false;
            if (open && sending > 0) {
                long left = sendingSince + stallNanos - System.nanoTime();
                if (left > 0) {
                    watch(left);
                } else {
                    giveUp("takes nothing of what waits for it");
                }
            }
        }, nanos, TimeUnit.NANOSECONDS);
    }

    private void giveUp(String why) {
        if (open) {
            loops.stateOf(eventLoop()).stalled(peer.address(), why);
            unsafe().close(voidPromise());
        }
    }

    @Override
    protected void doBeginRead() {
        readWanted = true;
        if (!received.isEmpty()) {
            onLoop(this::readReceived);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer output) {
        if (sending > 0) {
            return;
        }
        output.removeBytes(0); // those that are empty
        ByteBuffer[] buffers = output.nioBuffers(BUFFERS, PIECE);
        int length = (int) output.nioBufferSize();
        if (length == 0) {
            return;
        }
        ByteBuffer piece = ByteBuffer.allocate(length);
        for (int i = 0; i < output.nioBufferCount(); i++) {
            piece.put(buffers[i]);
        }
        sending = length;
        sendingSince = System.nanoTime();
        if (!watched) {
            watch(stallNanos);
        }
        sink.send(piece.flip());
    }

    @Override
    protected void doClose() {
        if (open) {
            open = false;
            received.clear();
            sink.close();
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Writing();
    }

    @Override
    protected SocketAddress localAddress0() {
        return LocalAddress.ANY;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return peer.address();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class Writing extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException());
        }

        @Override
        protected void flush0() { // visible to the channel
            super.flush0();
        }
    }
}
