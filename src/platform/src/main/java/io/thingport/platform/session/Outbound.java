package io.thingport.platform.session;

import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.RefusalLog;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.SendResult;
import io.thingport.platform.access.TopicRules;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.DownLimit;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The way of messages to the devices of one loop. A message travels at the QoS of its publisher. While QoS 1 messages wait
 * in a session every newer one goes behind them, so that none overtakes. Of what waits too long or is too much the oldest
 * is dropped first. Owned by the loop's thread.
 */
final class Outbound {

    /** Of a message that has none in the device log. */
    static final long NO_ID = 0;

    private static final long PAUSE_MILLIS = 1_000; // then the rates may be others

    private final Settings.Sessions limits;
    private final TopicRules rules;
    private final SessionKeeper keeper;
    private final Pages pages;
    private final LoopCounters counters;
    private final RefusalLog<DropReason> log;
    private final MessageEvents events;
    private final Clock clock;
    private final LongSupplier nanoTime;

    Outbound(Settings.Sessions limits, TopicRules rules, SessionKeeper keeper, Pages pages, LoopCounters counters,
            RefusalLog<DropReason> log, MessageEvents events, Clock clock, LongSupplier nanoTime) {
        this.limits = limits;
        this.rules = rules;
        this.keeper = keeper;
        this.pages = pages;
        this.counters = counters;
        this.log = log;
        this.events = events;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Whether an application may send a session's device one more message of this size, or a call, now. */
    boolean takesIn(Session to, int size) {
        DownLimit limit = to.downLimit(nanoTime);
        return limit == DownLimit.NONE || limit.intake().take(size, nanoTime.getAsLong());
    }

    /**
     * Sends a message that nobody is promised to outlive the connection: at QoS 0, or to a clean session. The session is
     * connected. A view is copied if it has to wait.
     *
     * @param id of the message in the device log, 0 = it has none
     * @return SENT; STORED while it waits in the session; DROPPED when socket or session takes no more; TOO_LARGE for the
     *         device; NO_SESSION when the connection is gone, and the session with it
     */
    SendOutcome send(Session to, Message message, long id) {
        boolean once = message.qos() == QoS.AT_LEAST_ONCE;
        if (once && mustWait(to)) {
            return queue(to, message, id);
        }
        SendResult result = once
                ? sendOnce(to, message, new Delivery(), id)
                : sendAtMostOnce(to, message, id);
        return switch (result) {
            case SENT -> SendOutcome.SENT;
            case NO_ROOM -> once ? queue(to, message, id)
                    : dropped(to, message, DropReason.OUTPUT_FULL, SendOutcome.DROPPED);
            case TOO_LARGE -> dropped(to, message, DropReason.TOO_LARGE, SendOutcome.TOO_LARGE);
            case CLOSED -> dropped(to, message, DropReason.SESSION_ENDED, SendOutcome.NO_SESSION);
        };
    }

    /** Whether a new QoS 1 message to a connected session goes behind others, or has come too early. */
    private boolean mustWait(Session to) {
        return !to.backlog().isEmpty() || pauses(to, to.connection().pace().pause());
    }

    /** Whether something has to wait before it may go; then draining goes on by itself. */
    private boolean pauses(Session to, long nanos) {
        Connection connection = to.connection();
        if (nanos > 0 && !connection.isPausing()) {
            connection.pausing(true);
            long millis = Math.min(nanos / 1_000_000 + 1, PAUSE_MILLIS);
            to.home().schedule(millis, TimeUnit.MILLISECONDS, () -> {
                connection.pausing(false);
                if (to.isConnected() && to.connection() == connection) {
                    drain(to);
                }
            });
        }
        return nanos > 0;
    }

    private SendResult sendOnce(Session to, Message message, Delivery delivery, long id) {
        SendResult result = to.connection().channel().send(message, delivery);
        if (result == SendResult.SENT) {
            to.connection().pace().sent();
            if (to.logsMessages()) {
                events.sent(to, message, delivery, id);
            }
        }
        return result;
    }

    private SendResult sendAtMostOnce(Session to, Message message, long id) {
        SendResult result = to.connection().channel().send(message);
        if (result == SendResult.SENT && to.logsMessages()) {
            events.sent(to, message, id);
        }
        return result;
    }

    private SendOutcome queue(Session to, Message message, long id) {
        QueuedMessage queued = queuedMessage(to, message.keep(), Settlement.NONE);
        if (to.logsMessages()) {
            events.waits(to, message, queued, id);
        }
        to.backlog().add(queued);
        trim(to);
        return queued.isDone() ? SendOutcome.DROPPED : SendOutcome.STORED;
    }

    /**
     * Sends a QoS 1 message to a stored session, now or when its device is back.
     *
     * @param id         of the message in the device log, 0 = it has none
     * @param settlement is told SENT or STORED when the message is acknowledged by the device or committed; DROPPED,
     *                   TOO_LARGE, or UNAVAILABLE when the writer has no room
     */
    void keep(Session to, Message message, long id, Settlement settlement) {
        if (to.isConnected() && !keeper.hasRoom()) {
            drop(to, message, DropReason.SERVER_BUSY);
            settlement.settle(SendOutcome.UNAVAILABLE);
            return;
        }
        if (to.isConnected() && !mustWait(to)) {
            QueuedMessage sent = queuedMessage(to, message, settlement);
            switch (sendOnce(to, message, sent, id)) {
                case SENT -> {
                    sent.load(message.keep());
                    keeper.rest(sent);
                }
                case TOO_LARGE -> {
                    sent.finish();
                    drop(to, message, DropReason.TOO_LARGE);
                    sent.settle(SendOutcome.TOO_LARGE);
                }
                case NO_ROOM, CLOSED -> queueStored(to, message, id, sent);
            }
        } else {
            queueStored(to, message, id, queuedMessage(to, message, settlement));
        }
    }

    private void queueStored(Session to, Message message, long id, QueuedMessage queued) {
        queued.load(message.keep());
        if (to.isConnected()) {
            keeper.rest(queued);
        } else if (!keeper.store(queued)) {
            queued.finish();
            drop(to, message, DropReason.SERVER_BUSY);
            queued.settle(SendOutcome.UNAVAILABLE);
            return;
        }
        if (to.logsMessages()) {
            events.waits(to, message, queued, id);
        }
        to.backlog().add(queued);
        trim(to);
    }

    private QueuedMessage queuedMessage(Session to, Message message, Settlement settlement) {
        long now = clock.millis();
        long expiry = limits.queueAge().toMillis();
        OptionalLong asked = message.properties().messageExpiry();
        if (asked.isPresent()) {
            expiry = Math.min(expiry, asked.getAsLong() * 1_000);
        }
        return QueuedMessage.of(to, message, now, now + expiry, settlement);
    }

    /** Sends what waits, as far as there is room; goes on by itself when messages have to be read first. */
    void drain(Session to) {
        while (to.isConnected() && !to.backlog().isEmpty() && !to.isReading()) {
            QueuedMessage first = to.backlog().first();
            if (first.hasExpired(clock.millis())) {
                drop(to.backlog().removeFirst(), DropReason.EXPIRED);
            } else if (!first.isLoaded()) {
                pages.load(to, this::refused, () -> drain(to));
            } else if (!mayReceive(to, first.message())) {
                drop(to.backlog().removeFirst(), DropReason.NOT_AUTHORIZED);
            } else if (to.isStored() && !first.isMarkedSent()) {
                to.reading(true);
                keeper.markSent(to, to.backlog().last().number(), () -> {
                    to.reading(false);
                    drain(to);
                });
            } else if (!send(to, first)) {
                return;
            }
        }
    }

    private boolean mayReceive(Session to, Message message) {
        return rules.receive(to.device(), to.product().topicClasses(), message.topic());
    }

    private boolean send(Session to, QueuedMessage first) {
        DownLimit limit = to.downLimit(nanoTime);
        long pause = to.connection().pace().pause();
        if (limit != DownLimit.NONE) {
            pause = Math.max(pause, limit.backlog().pause(first.size(), nanoTime.getAsLong()));
        }
        if (pauses(to, pause)) {
            return false;
        }
        SendResult result = sendOnce(to, asOfNow(first), first, NO_ID);
        if (result == SendResult.NO_ROOM || result == SendResult.CLOSED) {
            return false;
        }
        to.backlog().removeFirst();
        if (limit != DownLimit.NONE) {
            limit.backlog().take(first.size(), nanoTime.getAsLong());
        }
        if (result == SendResult.TOO_LARGE) {
            drop(first, DropReason.TOO_LARGE);
        } else {
            first.underWay();
        }
        return true;
    }

    /** The message with its Message Expiry Interval reduced by the time it has waited [MQTT-3.3.2-6]. */
    private Message asOfNow(QueuedMessage waiting) {
        Message message = waiting.message();
        PublishProperties properties = message.properties();
        if (properties.messageExpiry().isEmpty()) {
            return message;
        }
        long waited = Math.max(0, clock.millis() - waiting.createdMillis()) / 1_000;
        PublishProperties reduced = new PublishProperties(properties.payloadFormat(),
                OptionalLong.of(properties.messageExpiry().getAsLong() - waited), properties.contentType(),
                properties.responseTopic(), properties.correlationData(), properties.userProperties());
        return Message.of(message.topic(), message.qos(), message.payload(), reduced);
    }

    /** The device has acknowledged a delivery. */
    void acknowledged(Session from, Delivery delivery, ReasonCode reason) {
        if (reason.isError()) {
            counters.drops.add(DropReason.REFUSED_BY_DEVICE);
            events.dropped(from, DropReason.REFUSED_BY_DEVICE, MessageEvents.text(reason));
        }
        if (from.logsMessages()) {
            events.acknowledged(from, delivery, reason);
        }
        if (delivery instanceof QueuedMessage message) {
            keeper.remove(message);
            message.settle(SendOutcome.SENT);
        }
        drain(from);
    }

    /** The connection of a stored session has ended: what was not acknowledged is sent again on the next one, first. */
    void putBack(Session session, List<Delivery> unacknowledged) {
        List<QueuedMessage> messages = new ArrayList<>(unacknowledged.size());
        for (Delivery delivery : unacknowledged) {
            QueuedMessage message = (QueuedMessage) delivery;
            if (!message.isDone()) { // the database may have refused it
                messages.add(message);
            }
        }
        session.backlog().putBack(messages);
        for (QueuedMessage waiting : session.backlog().all()) {
            keeper.storeNow(waiting);
            waiting.unload();
        }
        trim(session);
    }

    /** Drops what waits in a session that has ended, and what was under way to it. The rows go with the session's. */
    void discard(Session ended, int unacknowledged) {
        int lost = unacknowledged + ended.backlog().size();
        counters.drops.add(DropReason.SESSION_ENDED, lost);
        if (lost > 0) {
            events.dropped(ended, DropReason.SESSION_ENDED, lost + " messages");
        }
        while (!ended.backlog().isEmpty()) {
            QueuedMessage message = ended.backlog().removeFirst();
            keeper.removeWithSession(message);
            message.settle(SendOutcome.DROPPED);
        }
    }

    /** Drops what has expired. */
    void dropExpired(Session session) {
        session.backlog().removeExpired(clock.millis()).forEach(message -> drop(message, DropReason.EXPIRED));
    }

    /** The database refuses a message, or does not have it any more. */
    void refused(QueuedMessage message) {
        message.session().backlog().remove(message);
        drop(message, DropReason.DATABASE);
    }

    private void trim(Session session) {
        while (session.backlog().isOverBounds()) {
            drop(session.backlog().removeFirst(), DropReason.QUEUE_FULL);
        }
    }

    private void drop(QueuedMessage message, DropReason reason) {
        keeper.remove(message);
        if (message.isLoaded()) {
            drop(message.session(), message.message(), reason);
        } else {
            drop(message.session(), reason, "message " + message.number());
        }
        message.settle(SendOutcome.DROPPED);
    }

    private SendOutcome dropped(Session to, Message message, DropReason reason, SendOutcome outcome) {
        drop(to, message, reason);
        return outcome;
    }

    /** Counts and logs a message as dropped. */
    void drop(Session session, Message message, DropReason reason) {
        say(session, reason, message.topic().toString());
        events.dropped(session, message, reason);
    }

    /** Counts and logs a message as dropped; {@code what} names it. */
    void drop(Session session, DropReason reason, String what) {
        say(session, reason, what);
        events.dropped(session, reason, what);
    }

    private void say(Session session, DropReason reason, String what) {
        counters.drops.add(reason);
        String code = reason.logCode().isPresent() ? "code " + reason.logCode().getAsInt() + ", " : "";
        log.say(reason, session.device(), code + what);
    }
}
