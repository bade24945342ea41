package io.thingport.platform.session;

import io.thingport.platform.config.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The QoS 1 messages that wait in one session, in their order. Bounded in number and in bytes of payload by whoever adds.
 * Owned by the session's home loop.
 */
final class Backlog {

    private final Settings.Sessions limits;
    private final ArrayDeque<QueuedMessage> messages = new ArrayDeque<>(1);
    private long bytes;

    Backlog(Settings.Sessions limits) {
        this.limits = limits;
    }

    /** Puts a message behind the others. */
    void add(QueuedMessage message) {
        messages.addLast(message);
        entered(message);
    }

    /** Puts messages that were on their way in front of the others. */
    void putBack(List<QueuedMessage> sent) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            messages.addFirst(sent.get(i));
            entered(sent.get(i));
        }
    }

    private void entered(QueuedMessage message) {
        message.waiting(true);
        bytes += message.size();
    }

    /** Whether there is more than may wait: then the oldest has to go. */
    boolean isOverBounds() {
        return messages.size() > limits.queueMessages() || bytes > limits.queueBytes();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return messages.size();
    }

    /** The first one. There has to be one. */
    QueuedMessage first() {
        return messages.getFirst();
    }

    /** The last one. There has to be one. */
    QueuedMessage last() {
        return messages.getLast();
    }

    /** The first ones, at most so many. */
    List<QueuedMessage> first(int most) {
        List<QueuedMessage> some = new ArrayList<>(Math.min(most, messages.size()));
        Iterator<QueuedMessage> all = messages.iterator();
        while (all.hasNext() && some.size() < most) {
            some.add(all.next());
        }
        return some;
    }

    /** Takes the first message away. There has to be one. */
    QueuedMessage removeFirst() {
        QueuedMessage first = messages.removeFirst();
        left(first);
        return first;
    }

    /** Takes a message away, wherever it is. */
    void remove(QueuedMessage message) {
        if (messages.remove(message)) {
            left(message);
        }
    }

    /** Takes the messages away that have expired, and returns them. */
    List<QueuedMessage> removeExpired(long nowMillis) {
        List<QueuedMessage> expired = new ArrayList<>();
        Iterator<QueuedMessage> all = messages.iterator();
        while (all.hasNext()) {
            QueuedMessage message = all.next();
            if (message.hasExpired(nowMillis)) {
                all.remove();
                left(message);
                expired.add(message);
            }
        }
        return expired;
    }

    private void left(QueuedMessage message) {
        message.waiting(false);
        bytes -= message.size();
    }

    /** All of them. */
    Iterable<QueuedMessage> all() {
        return messages;
    }
}
