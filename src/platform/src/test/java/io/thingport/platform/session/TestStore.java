package io.thingport.platform.session;

import io.thingport.mqtt.Message;
import io.thingport.platform.store.Change;
import io.thingport.platform.store.DeleteMessages;
import io.thingport.platform.store.EndSession;
import io.thingport.platform.store.InsertMessage;
import io.thingport.platform.store.SaveSession;
import io.thingport.platform.store.SessionSource;
import io.thingport.platform.store.SessionState;
import io.thingport.platform.store.StoreWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store in memory, that outlives servers; it writes when the test says so. */
final class TestStore implements StoreWriter, SessionSource {

    /** What a row holds. */
    record Row(Message message, boolean sent, long createdMillis, long expiresMillis) {
    }

    /** Nothing is written, what is handed over waits. */
    boolean held;
    /** No further message is taken. */
    boolean full;
    /** Every message is refused when it is written. */
    boolean refusesMessages;
    /** Nothing can be read. */
    boolean away;
    /** How often it was read. */
    int reads;
    /** What happens once, when messages have been read and before the reader has them. */
    Runnable meanwhile = () -> { };

    final Map<Long, SessionState> sessions = new HashMap<>(); // by device
    private final Map<Long, TreeMap<Long, Row>> messages = new HashMap<>(); // by session
    private final ArrayDeque<Change> queue = new ArrayDeque<>();
    private int inserted;
    private int saves;
    private int offers;

    @Override
    public boolean insert(InsertMessage message) {
        offers++;
        return !full && queue.add(message);
    }

    @Override
    public void submit(Change change) {
        queue.add(change);
    }

    /** Writes what waits, unless held; false when there was nothing. */
    boolean write() {
        if (held || queue.isEmpty()) {
            return false;
        }
        List<Change> batch = new ArrayList<>(queue);
        queue.clear();
        batch.forEach(this::write);
        return true;
    }

    /** The writer takes what waits and is still at it: it can be taken back no more. */
    void take() {
        queue.removeIf(change -> change instanceof InsertMessage message && !message.take());
        taken.addAll(queue);
        queue.clear();
    }

    /** What was taken is committed. */
    void commitTaken() {
        taken.forEach(this::apply);
        taken.clear();
    }

    private final List<Change> taken = new ArrayList<>();

    private void write(Change change) {
        if (!(change instanceof InsertMessage message) || message.take()) {
            apply(change);
        }
    }

    private void apply(Change change) {
        if (change instanceof InsertMessage message) {
            if (refusesMessages) {
                change.home().post(change::refused);
                return;
            }
            inserted++;
            of(message.sessionId()).put(message.number(), new Row(message.message().keep(), message.sent(),
                    message.createdMillis(), message.expiresMillis()));
        } else if (change instanceof DeleteMessages deletion) {
            of(deletion.sessionId()).subMap(deletion.from(), true, deletion.to(), true).clear();
        } else if (change instanceof SaveSession save) {
            saves++;
            sessions.put(save.state().deviceId(), save.state());
        } else if (change instanceof EndSession end) {
            sessions.values().removeIf(state -> state.sessionId() == end.sessionId());
            messages.remove(end.sessionId());
        }
        change.home().post(change::written);
    }

    /** The server is killed: what was not written is lost. */
    void forgetUnwritten() {
        queue.clear();
        taken.clear();
    }

    private TreeMap<Long, Row> of(long sessionId) {
        return messages.computeIfAbsent(sessionId, id -> new TreeMap<>());
    }

    /** How many messages were ever written. */
    int inserted() {
        return inserted;
    }

    /** How often it was asked to take a message. */
    int offers() {
        return offers;
    }

    /** How often a session was written. */
    int saves() {
        return saves;
    }

    /** The payloads of all messages that are stored. */
    List<String> payloads() {
        return messages.values().stream().flatMap(rows -> rows.values().stream())
                .map(row -> new String(row.message().payload().toByteArray())).toList();
    }

    @Override
    public Map<Long, StoredSession> sessions(Collection<Long> deviceIds) {
        checkThere();
        Map<Long, StoredSession> found = new HashMap<>();
        for (long id : deviceIds) {
            SessionState state = sessions.get(id);
            if (state != null) {
                List<StoredEntry> entries = new ArrayList<>();
                of(state.sessionId()).forEach((number, row) -> entries.add(new StoredEntry(number,
                        row.message().payload().length(), row.sent(), row.createdMillis(), row.expiresMillis())));
                found.put(id, new StoredSession(state, entries));
            }
        }
        return found;
    }

    @Override
    public List<StoredMessage> messages(long sessionId, long from, int limit) {
        checkThere();
        List<StoredMessage> page = of(sessionId).tailMap(from).entrySet().stream().limit(limit)
                .map(e -> new StoredMessage(e.getKey(), e.getValue().message())).toList();
        Runnable now = meanwhile;
        meanwhile = () -> { };
        now.run();
        return page;
    }

    private void checkThere() {
        reads++;
        if (away) {
            throw new IllegalStateException("the database is away");
        }
    }
}
