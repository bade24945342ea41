package io.thingport.web.websocket;

import io.thingport.mqtt.BytePort;
import io.thingport.mqtt.ByteSink;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Peer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client's WebSocket: binary frames become bytes for the adapter, and the adapter's bytes binary frames, however the
 * packets lie in them [MQTT-6.0.0-1, MQTT-6.0.0-2].
 *
 * <p>The server calls with one message at a time. What the loop asks for is done on another thread: the server's WebSocket
 * sends without waiting, but for a pong that is on its way at that moment, and may wait for seconds when it closes.
 */
final class DeviceSocket extends Endpoint implements ByteSink {

    private static final Logger LOG = System.getLogger(DeviceSocket.class.getName());
    /** Threads of the server that may rest at a time, because their client sends more than is taken. */
    private static final Semaphore RESTING = new Semaphore(32);
    /** Clients without CONNACK: the server holds some 0.1 MiB for each. */
    private static final AtomicInteger UNANSWERED = new AtomicInteger();
    static final int UNANSWERED_MAXIMUM = 2_000;
    private static final Closings CLOSINGS = new Closings();
    private static final long REST_MILLIS = 30_000;
    /**
     * Bytes of a message before CONNACK: what has come of one the server holds itself, and nothing of that counts among what
     * is held before CONNACK. A longer CONNECT comes in several messages.
     */
    static final int FIRST_MESSAGE_MAXIMUM = 16 * 1024;
    /** A message may hold packets and parts of others. */
    private static final int MESSAGE_SLACK = 64 * 1024;

    private final MqttServer server;
    private final Peer peer;
    private final MqttServerSettings settings;
    private final Executor threads;
    private final long restMillis;
    private volatile Session session; // set before anything else happens
    private volatile BytePort port; // null when none could be had
    private volatile boolean answered; // written by the loop, read by the server's threads
    private final AtomicBoolean countsAsUnanswered = new AtomicBoolean();

    // guarded by this
    private boolean resumed;
    private boolean ended;

    /** @param threads does what may wait; must not wait itself */
    DeviceSocket(MqttServer server, Peer peer, MqttServerSettings settings, Executor threads) {
        this(server, peer, settings, threads, REST_MILLIS);
    }

    /** @param restMillis how long a thread may rest */
    DeviceSocket(MqttServer server, Peer peer, MqttServerSettings settings, Executor threads, long restMillis) {
        this.server = server;
        this.peer = peer;
        this.settings = settings;
        this.threads = threads;
        this.restMillis = restMillis;
    }

    /** Whether as many clients wait for their CONNACK as may. */
    static boolean crowded() {
        return UNANSWERED.get() >= UNANSWERED_MAXIMUM;
    }

    private void unansweredNoMore() {
        if (countsAsUnanswered.compareAndSet(true, false)) {
            UNANSWERED.decrementAndGet();
        }
    }

    // ---- the server's WebSocket ----

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        countsAsUnanswered.set(true);
        UNANSWERED.incrementAndGet();
        opened.setMaxIdleTimeout(0); // keep-alive is MQTT's
        opened.setMaxBinaryMessageBufferSize(FIRST_MESSAGE_MAXIMUM);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) this::received);
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) text ->
                end(CloseCodes.CANNOT_ACCEPT, "MQTT comes in binary frames")); // [MQTT-6.0.0-1]
        try {
            port = server.connect(peer, this);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "{0}: {1}", peer.address(), e.getMessage());
            end(CloseCodes.TRY_AGAIN_LATER, e.getMessage());
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        unansweredNoMore();
        BytePort known = port;
        if (known != null) {
            known.closed();
        }
    }

    /** A frame that breaks the rules, or a connection that is lost: the server closes it itself. */
    @Override
    public void onError(Session failed, Throwable cause) {
        LOG.log(Level.DEBUG, () -> peer.address() + ": " + cause);
    }

    private void received(ByteBuffer bytes) {
        BytePort known = port;
        if (known != null && !known.received(bytes)) {
            rest();
        }
    }

    /**
     * Lets the client wait, since the next message is read when this returns. Not one that has not been answered yet: the
     * threads that may rest are for those who have proven who they are.
     */
    private void rest() {
        if (!answered) {
            port.abandon("sends too much before CONNACK");
            return;
        }
        if (!RESTING.tryAcquire()) {
            port.abandon("sends more than is taken, as do too many others");
            return;
        }
        try {
            if (!resumedInTime()) {
                port.abandon("sends more than is taken");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            port.abandon("the server stops");
        } finally {
            RESTING.release();
        }
    }

    private synchronized boolean resumedInTime() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(restMillis);
        for (long left = deadline - System.nanoTime(); !resumed && !ended && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        boolean inTime = resumed || ended;
        resumed = false;
        return inTime;
    }

    // ---- the connection's loop ----

    @Override
    public void send(ByteBuffer bytes) {
        boolean first = !answered;
        answered = true;
        unansweredNoMore();
        later(() -> {
            if (first) { // what has not been answered yet need not send more than CONNECT
                session.setMaxBinaryMessageBufferSize(settings.packetMaximum() + MESSAGE_SLACK);
            }
            sendNow(bytes);
        });
    }

    private void sendNow(ByteBuffer bytes) {
        try {
            session.getAsyncRemote().sendBinary(bytes, result -> {
                if (result.isOK()) {
                    port.sent();
                } else {
                    port.closed();
                }
            });
        } catch (RuntimeException e) { // it is closed
            port.closed();
        }
    }

    @Override
    public synchronized void resume() {
        resumed = true;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        CLOSINGS.add(() -> end(CloseCodes.NORMAL_CLOSURE, ""), threads);
    }

    private void later(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, "{0}: {1}", peer.address(), stopping.getMessage());
        }
    }

    private void end(CloseCode code, String why) {
        try {
            session.close(new CloseReason(code, why));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, () -> peer.address() + ": " + e);
        }
    }
}
