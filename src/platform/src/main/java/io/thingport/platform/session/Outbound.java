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

    Outbound(LoopCounters counters, RefusalLog<DropReason> log, Clock clock) {
        this.counters = counters;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Sends a message; a view is copied if it has to wait.
     *
     * @return SENT; STORED while it waits in the session; DROPPED when socket or session takes no more; TOO_LARGE for the
     *         device; NO_SESSION when the connection is gone, and the session with it
     */
    SendOutcome send(Session to, Message message) {
        if (message.qos() == QoS.AT_MOST_ONCE) {
            return switch (to.channel().send(message)) {
                case SENT -> SendOutcome.SENT;
                case NO_ROOM -> dropped(to, message, DropReason.OUTPUT_FULL, SendOutcome.DROPPED);
                case TOO_LARGE -> dropped(to, message, DropReason.TOO_LARGE, SendOutcome.TOO_LARGE);
                case CLOSED -> dropped(to, message, DropReason.SESSION_ENDED, SendOutcome.NO_SESSION);
            };
        }
        if (!to.backlog().isEmpty()) {
            return store(to, message);
        }
        return switch (to.channel().send(message, new Delivery())) {
            case SENT -> SendOutcome.SENT;
            case NO_ROOM -> store(to, message);
            case TOO_LARGE -> dropped(to, message, DropReason.TOO_LARGE, SendOutcome.TOO_LARGE);
            case CLOSED -> dropped(to, message, DropReason.SESSION_ENDED, SendOutcome.NO_SESSION);
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

    private SendOutcome store(Session to, Message message) {
        return to.backlog().add(message, clock.millis())
                ? SendOutcome.STORED
                : dropped(to, message, DropReason.QUEUE_FULL, SendOutcome.DROPPED);
    }

    private SendOutcome dropped(Session to, Message message, DropReason reason, SendOutcome outcome) {
        drop(to, message, reason);
        return outcome;
    }

    /** Counts and logs a message as dropped. */
    void drop(Session session, Message message, DropReason reason) {
        counters.drops.add(reason);
        String code = reason.logCode().isPresent() ? "code " + reason.logCode().getAsInt() + ", " : "";
        log.say(reason, session.device(), code + message.topic());
    }
}
