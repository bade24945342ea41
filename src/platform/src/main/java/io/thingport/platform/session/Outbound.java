package io.thingport.platform.session;

import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.SendResult;
import java.time.Clock;
import java.util.Optional;

/**
 * The way of messages to the devices of one loop. A message travels at the QoS of its publisher. While QoS 1 messages wait
 * in a session every newer one goes behind them, so that none overtakes. Owned by the loop's thread.
 */
final class Outbound {

    private final LoopCounters counters;
    private final RefusalLog<DropReason> log;
    private final Clock clock;

    /** What became of a message. */
    enum Fate {
        SENT(SendOutcome.SENT),
        STORED(SendOutcome.STORED),
        /** Dropped: the socket or the session takes no more. */
        FULL(SendOutcome.DROPPED),
        /** Dropped: the device takes none of that size. */
        TOO_LARGE(SendOutcome.TOO_LARGE),
        /** The connection is gone, and the session with it. */
        GONE(SendOutcome.NO_SESSION);

        private final SendOutcome outcome;

        Fate(SendOutcome outcome) {
            this.outcome = outcome;
        }

        SendOutcome outcome() {
            return outcome;
        }
    }

    Outbound(LoopCounters counters, RefusalLog<DropReason> log, Clock clock) {
        this.counters = counters;
        this.log = log;
        this.clock = clock;
    }

    /** Sends a message; a view is copied if it has to wait. */
    Fate send(Session to, Message message) {
        if (message.qos() == QoS.AT_MOST_ONCE) {
            return switch (to.channel().send(message)) {
                case SENT -> Fate.SENT;
                case NO_ROOM -> dropped(to, message, DropReason.OUTPUT_FULL, Fate.FULL);
                case TOO_LARGE -> dropped(to, message, DropReason.TOO_LARGE, Fate.TOO_LARGE);
                case CLOSED -> dropped(to, message, DropReason.SESSION_ENDED, Fate.GONE);
            };
        }
        if (!to.backlog().isEmpty()) {
            return store(to, message);
        }
        return switch (to.channel().send(message, new Delivery())) {
            case SENT -> Fate.SENT;
            case NO_ROOM -> store(to, message);
            case TOO_LARGE -> dropped(to, message, DropReason.TOO_LARGE, Fate.TOO_LARGE);
            case CLOSED -> dropped(to, message, DropReason.SESSION_ENDED, Fate.GONE);
        };
    }

    /** There may be room again. */
    void drain(Session to) {
        Backlog backlog = to.backlog();
        while (!backlog.isEmpty()) {
            Optional<Message> first = backlog.first(clock.millis());
            SendResult result = first.isPresent()
                    ? to.channel().send(first.get(), new Delivery())
                    : SendResult.SENT;
            if (result == SendResult.NO_ROOM || result == SendResult.CLOSED) {
                return;
            }
            backlog.removeFirst();
            if (first.isEmpty()) {
                counters.drops.add(DropReason.EXPIRED);
            } else if (result == SendResult.TOO_LARGE) {
                drop(to, first.get(), DropReason.TOO_LARGE);
            }
        }
    }

    private Fate store(Session to, Message message) {
        return to.backlog().add(message, clock.millis())
                ? Fate.STORED
                : dropped(to, message, DropReason.QUEUE_FULL, Fate.FULL);
    }

    private Fate dropped(Session to, Message message, DropReason reason, Fate fate) {
        drop(to, message, reason);
        return fate;
    }

    /** Counts and logs a message as dropped. */
    void drop(Session session, Message message, DropReason reason) {
        counters.drops.add(reason);
        String code = reason.logCode().isPresent() ? "code " + reason.logCode().getAsInt() + ", " : "";
        log.say(reason, session.device(), code + message.topic());
    }
}
