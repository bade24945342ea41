package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.SendOutcome;
import io.thingport.platform.store.DeleteMessages;
import io.thingport.platform.store.EndSession;
import io.thingport.platform.store.SaveSession;
import io.thingport.platform.store.SessionState;
import io.thingport.platform.store.StoreWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Hands the writer what is to outlive the process. A message that is on its way over a live connection, or waits for one
 * that takes messages, rests for {@value MqttLoop#SOON_MILLIS} to twice as many milliseconds first: what is acknowledged
 * until then costs no row. Owned by one loop's thread.
 */
final class SessionKeeper {

    /** Bytes of messages that may rest on all loops; more come together only when the writer does not get on. */
    static final long RESTING_MAXIMUM = 64L * 1024 * 1024;

    /** Savings of one session that may be under way, so that a device cannot pile them up. */
    static final int SAVES_MAXIMUM = 100;

    private static final int OVERHEAD_BYTES = 200;

    private final StoreWriter writer;
    private final Supplier<MqttLoop> loop;
    private final long run;
    private final LoopCounters counters;
    private final Consumer<QueuedMessage> losses;
    private final Map<Session, List<Save>> saves = new HashMap<>(); // under way; bounded by sessions and SAVES_MAXIMUM
    private List<QueuedMessage> young = new ArrayList<>();
    private List<QueuedMessage> old = new ArrayList<>(); // both bounded by restingMaximum
    private final long restingMaximum;
    private long resting; // bytes
    private boolean timerRuns;

    /**
     * @param restingMaximum bytes of messages that may rest here
     * @param run            number of the server's run
     * @param losses         takes messages that the database refuses
     */
    SessionKeeper(StoreWriter writer, Supplier<MqttLoop> loop, long restingMaximum, long run, LoopCounters counters,
            Consumer<QueuedMessage> losses) {
        this.writer = writer;
        this.restingMaximum = restingMaximum;
        this.loop = loop;
        this.run = run;
        this.counters = counters;
        this.losses = losses;
    }

    MqttLoop loop() {
        return loop.get();
    }

    // ---- messages ----

    /** Whether one more message may {@link #rest}. */
    boolean hasRoom() {
        return resting < restingMaximum;
    }

    /** Stores a message of a connected session, unless it is acknowledged soon. */
    void rest(QueuedMessage message) {
        promised(message);
        resting += weight(message);
        young.add(message);
        startTimer();
    }

    /** Stores a message at once; false when the writer has no room. */
    boolean store(QueuedMessage message) {
        if (!handOver(message)) {
            return false;
        }
        promised(message);
        return true;
    }

    private void promised(QueuedMessage message) {
        counters.promises.add(Promise.MADE);
        message.session().changePending();
    }

    /** Stores a message now if it rests; when the writer has no room it rests on. */
    void storeNow(QueuedMessage message) {
        if (message.isResting() && handOver(message)) {
            resting -= weight(message);
        }
    }

    private boolean handOver(QueuedMessage message) {
        message.handOver();
        if (!writer.insert(message)) {
            message.takeBack();
            return false;
        }
        return true;
    }

    private void startTimer() {
        if (!timerRuns) {
            timerRuns = true;
            loop.get().soon(this::tick);
        }
    }

    private void tick() {
        timerRuns = false;
        List<QueuedMessage> due = old;
        old = young;
        int kept = 0;
        for (QueuedMessage message : due) {
            if (kept == 0) {
                storeNow(message);
            }
            if (message.isResting()) {
                due.set(kept++, message); // the writer has no room: neither for those behind it
            }
        }
        due.subList(kept, due.size()).clear();
        young = due;
        if (!young.isEmpty() || !old.isEmpty()) {
            startTimer();
        }
    }

    /** A message is acknowledged or dropped: its row is not needed any more. */
    void remove(QueuedMessage message) {
        switch (finish(message)) {
            case TO_DELETE -> {
                message.session().changePending();
                writer.submit(new Deletion(message.session(), message.number()));
            }
            case CANCELLED, NONE -> { }
        }
    }

    private QueuedMessage.Row finish(QueuedMessage message) {
        boolean rests = message.isResting();
        QueuedMessage.Row row = message.finish();
        if (row == QueuedMessage.Row.CANCELLED) {
            resting -= rests ? weight(message) : 0;
            counters.promises.add(Promise.KEPT_WITHOUT_ROW);
            message.session().changeSettled();
        }
        return row;
    }

    private static int weight(QueuedMessage message) {
        return message.size() + OVERHEAD_BYTES;
    }

    /** A message goes with its session: its row, if it has one, goes with the session's. */
    void removeWithSession(QueuedMessage message) {
        finish(message);
    }

    void stored(QueuedMessage message) {
        if (!message.isDone()) {
            message.settle(message.wasSent() ? SendOutcome.SENT : SendOutcome.STORED);
            Session session = message.session();
            boolean soonSent = message.isWaiting() && session.isConnected()
                    && message.number() - session.backlog().first().number() < Pages.SIZE;
            if (!soonSent) {
                message.unload();
            }
        }
    }

    void refused(QueuedMessage message) {
        if (!message.isDone()) {
            losses.accept(message);
        }
    }

    private record Deletion(Session session, long number) implements DeleteMessages {
        @Override
        public MqttLoop home() {
            return session.home();
        }

        @Override
        public void written() {
            session.changeSettled();
        }

        @Override
        public void refused() {
            session.changeSettled();
        }

        @Override
        public long sessionId() {
            return session.id();
        }

        @Override
        public long from() {
            return number;
        }

        @Override
        public long to() {
            return number;
        }
    }

    // ---- sessions ----

    /** Stores a session as it is now. */
    void save(Session session) {
        save(session, () -> { });
    }

    /** Stores a session as it is now; tells when that is committed, or when it never will be. */
    void save(Session session, Runnable then) {
        Save save = new Save(session, session.state(run), then);
        saves.computeIfAbsent(session, s -> new ArrayList<>(1)).add(save);
        session.changePending();
        writer.submit(save);
    }

    /** Marks the messages of a session up to a number as possibly sent. */
    void markSent(Session session, long through, Runnable then) {
        session.markSent(through);
        save(session, () -> {
            session.sentThrough(through);
            then.run();
        });
    }

    /** Tells when all that was saved of a session so far is committed: at once when it is. */
    void whenSaved(Session session, Runnable then) {
        List<Save> underWay = saves.getOrDefault(session, List.of());
        if (underWay.isEmpty()) {
            then.run();
        } else {
            underWay.get(underWay.size() - 1).also(then);
        }
    }

    /** Whether one more change of a session may wait. */
    boolean mayWait(Session session) {
        return saves.getOrDefault(session, List.of()).stream().mapToInt(Save::waiting).sum() < SAVES_MAXIMUM;
    }

    /** Ends a session; tells when that is committed. */
    void end(Session session, Runnable then) {
        session.changePending();
        writer.submit(new End(session, then));
    }

    private final class Save implements SaveSession {
        private final Session session;
        private final SessionState state;
        private final List<Runnable> then = new ArrayList<>(1);

        Save(Session session, SessionState state, Runnable then) {
            this.session = session;
            this.state = state;
            this.then.add(then);
        }

        void also(Runnable more) {
            then.add(more);
        }

        int waiting() {
            return then.size();
        }

        @Override
        public SessionState state() {
            return state;
        }

        @Override
        public MqttLoop home() {
            return session.home();
        }

        @Override
        public void written() {
            settled();
        }

        /** Its device was deleted meanwhile: its connection is being closed. */
        @Override
        public void refused() {
            settled();
        }

        private void settled() {
            session.changeSettled();
            List<Save> underWay = saves.get(session);
            underWay.remove(this);
            if (underWay.isEmpty()) {
                saves.remove(session);
            }
            then.forEach(Runnable::run);
        }
    }

    private record End(Session session, Runnable then) implements EndSession {
        @Override
        public MqttLoop home() {
            return session.home();
        }

        @Override
        public void written() {
            session.changeSettled();
            then.run();
        }

        @Override
        public void refused() {
            written();
        }

        @Override
        public long sessionId() {
            return session.id();
        }
    }
}
