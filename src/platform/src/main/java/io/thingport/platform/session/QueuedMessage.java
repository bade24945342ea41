package io.thingport.platform.session;

import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.SendOutcome;
import io.thingport.platform.store.InsertMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A QoS 1 message that waits in a session or is on its way from there, and its row in the store if the session is stored.
 * Owned by the session's home loop, but for {@link #take}.
 */
final class QueuedMessage extends Delivery implements InsertMessage {

    private static final VarHandle STAGE;

    /** Has no row and gets none. */
    private static final int IN_MEMORY = 0;
    /** May be acknowledged before it is worth a row. */
    private static final int RESTING = 1;
    /** With the writer, which has not begun with it. */
    private static final int QUEUED = 2;
    /** The writer is at it. */
    private static final int TAKEN = 3;
    private static final int STORED = 4;
    /** Needs no row any more. */
    private static final int CANCELLED = 5;

    private final Session session;
    private final long number;
    private final int size;
    private final boolean mayHaveBeenSent;
    private final long createdMillis;
    private final long expiresMillis;
    private Message message; // null while only the database has it
    private Settlement settlement;
    private boolean waiting;
    private boolean done;
    @SuppressWarnings("unused") // by its handle
    private volatile int stage;

    static {
        try {
            STAGE = MethodHandles.lookup().findVarHandle(QueuedMessage.class, "stage", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private QueuedMessage(Session session, long number, int size, boolean mayHaveBeenSent, long createdMillis,
            long expiresMillis, int stage) {
        this.session = session;
        this.number = number;
        this.size = size;
        this.mayHaveBeenSent = mayHaveBeenSent;
        this.createdMillis = createdMillis;
        this.expiresMillis = expiresMillis;
        this.stage = stage;
    }

    /** A new message of a session, to be stored if the session is. */
    static QueuedMessage of(Session session, Message message, long createdMillis, long expiresMillis,
            Settlement settlement) {
        QueuedMessage made = new QueuedMessage(session, session.isStored() ? session.nextNumber() : 0,
                message.payload().length(), session.isConnected(), createdMillis, expiresMillis,
                session.isStored() ? RESTING : IN_MEMORY);
        made.message = message;
        made.settlement = settlement;
        return made;
    }

    /** One that was found in the store; its message is there. */
    static QueuedMessage found(Session session, long number, int size, boolean mayHaveBeenSent, long createdMillis,
            long expiresMillis) {
        QueuedMessage made = new QueuedMessage(session, number, size, mayHaveBeenSent, createdMillis, expiresMillis,
                STORED);
        made.settlement = Settlement.NONE;
        if (mayHaveBeenSent) {
            made.markSent();
        }
        return made;
    }

    Session session() {
        return session;
    }

    /** Bytes of payload. */
    int size() {
        return size;
    }

    boolean hasExpired(long nowMillis) {
        return expiresMillis <= nowMillis;
    }

    /** Whether the message is in memory. */
    boolean isLoaded() {
        return message != null;
    }

    /** The message was read from the store, or it is kept for longer than a call: not a view any more. */
    void load(Message kept) {
        message = kept;
    }

    /** Leaves the message to the store; without effect while that does not have it. */
    void unload() {
        if (stageNow() == STORED) {
            message = null;
        }
    }

    /** It is on its way: the message is not needed here any more, unless it is still to be stored. */
    void underWay() {
        int now = stageNow();
        if (now == STORED || now == IN_MEMORY) {
            message = null;
        }
    }

    /** Whether it waits in the session to be sent. */
    boolean isWaiting() {
        return waiting;
    }

    void waiting(boolean now) {
        waiting = now;
    }

    /** Whether its row says, or will say, that it may have been sent, or its session does. */
    boolean isMarkedSent() {
        return mayHaveBeenSent || number <= session.sentThrough();
    }

    // ---- its row ----

    boolean isResting() {
        return stageNow() == RESTING;
    }

    /** Goes to the writer. */
    void handOver() {
        STAGE.setRelease(this, QUEUED);
    }

    /** The writer had no room. */
    void takeBack() {
        STAGE.setRelease(this, RESTING);
    }

    /** From the writer's thread. */
    @Override
    public boolean take() {
        return STAGE.compareAndSet(this, QUEUED, TAKEN);
    }

    /** What to do about the row of a message that is acknowledged or dropped. */
    enum Row {
        /** It has none. */
        NONE,
        /** It was promised one that it does not need any more. */
        CANCELLED,
        /** It is there or on its way there. */
        TO_DELETE
    }

    /** Ends the message's life, once. */
    Row finish() {
        done = true;
        if (STAGE.compareAndSet(this, RESTING, CANCELLED) || STAGE.compareAndSet(this, QUEUED, CANCELLED)) {
            return Row.CANCELLED;
        }
        int now = stageNow();
        return now == TAKEN || now == STORED ? Row.TO_DELETE : Row.NONE;
    }

    /** Whether it was acknowledged or dropped. */
    boolean isDone() {
        return done;
    }

    /** Tells the publisher, who is told once. */
    void settle(SendOutcome outcome) {
        Settlement told = settlement;
        settlement = Settlement.NONE;
        told.settle(outcome);
    }

    private int stageNow() {
        return (int) STAGE.getAcquire(this);
    }

    @Override
    public MqttLoop home() {
        return session.home();
    }

    @Override
    public void written() {
        STAGE.setRelease(this, STORED);
        session.changeSettled();
        session.keeper().stored(this);
    }

    @Override
    public void refused() {
        STAGE.setRelease(this, IN_MEMORY);
        session.changeSettled();
        session.keeper().refused(this);
    }

    @Override
    public long sessionId() {
        return session.id();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean sent() {
        return mayHaveBeenSent;
    }

    @Override
    public long createdMillis() {
        return createdMillis;
    }

    @Override
    public long expiresMillis() {
        return expiresMillis;
    }

    @Override
    public Message message() {
        return message;
    }
}
