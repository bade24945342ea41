package io.thingport.it;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One device, played by a public MQTT client. Answers are the bytes of the wire: 0 is success, 3.x return codes and 5.0
 * reason codes are what they are. Every method waits for its answer, until {@link Deadline#ANSWER}.
 */
public abstract class Tool implements AutoCloseable {

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<OptionalInt> ended = new CompletableFuture<>();

    private boolean sessionPresent;

    /** The code of CONNACK. */
    public abstract int connect() throws Exception;

    /** The code of SUBACK. */
    public abstract int subscribe(String filter) throws Exception;

    public abstract void unsubscribe(String filter) throws Exception;

    /** The code of PUBACK at QoS 1, 0 at QoS 0 and 3.x. */
    public abstract int publish(String topic, int qos, String payload) throws Exception;

    /** Whether the connection stands. */
    public abstract boolean connected();

    /** Says DISCONNECT if it can, and lets go of everything. */
    @Override
    public abstract void close();

    public final Tool ready(String... filters) throws Exception {
        int code = connect();
        if (code != 0) {
            throw new AssertionError("refused with " + code);
        }
        for (String filter : filters) {
            int granted = subscribe(filter);
            if (granted != 1) {
                throw new AssertionError(filter + " was answered with " + granted);
            }
        }
        return this;
    }

    /** The next message. */
    public final Received next() throws InterruptedException {
        Received next = received.poll(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no message came");
        }
        return next;
    }

    /** Waits until the server has ended the connection; the reason, where it told one. */
    public final OptionalInt ended() throws Exception {
        return ended.get(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether CONNACK said that a session was found. */
    public final boolean sessionPresent() {
        return sessionPresent;
    }

    public final void sessionPresent(boolean present) {
        sessionPresent = present;
    }

    public final void arrived(Received message) {
        received.add(message);
    }

    public final void endedBy(OptionalInt reason) {
        ended.complete(reason);
    }
}
