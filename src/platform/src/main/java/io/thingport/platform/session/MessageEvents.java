package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.LogBudget;
import io.thingport.platform.devicelog.LogCode;
import io.thingport.platform.devicelog.LogDraft;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLevel;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Writes into the device log what devices subscribe to. One that does so all the time gets so many entries in a second. From
 * any thread, never blocks.
 */
final class MessageEvents {

    /** Entries in a second about the subscriptions of one device. */
    static final int SUBSCRIPTIONS_OF_DEVICE = 32;
    /** Entries in a second about the subscriptions of all devices. */
    static final int SUBSCRIPTIONS = 5_000;

    private static final int COUNTED = 10_000;

    private final DeviceLog log;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final LogBudget<DeviceKey> subscriptions;

    MessageEvents(DeviceLog log, Clock clock, LongSupplier nanoTime) {
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.subscriptions = new LogBudget<>(SUBSCRIPTIONS_OF_DEVICE, SUBSCRIPTIONS, COUNTED, nanoTime.getAsLong());
    }

    /** Entries that were left out, since the start. */
    long leftOut() {
        return subscriptions.leftOut();
    }

    /** A SUBSCRIBE is answered, each filter with its own reason. */
    void subscribed(Session session, List<Subscription> filters, List<ReasonCode> reasons) {
        long now = clock.millis();
        LogLevel level = session.logLevel(now);
        for (int i = 0; i < reasons.size(); i++) {
            if (level.includes(level(reasons.get(i)))) {
                answered(session, new LogDraft(LogKind.SUBSCRIBE, now), filters.get(i).filter(), reasons.get(i));
            }
        }
    }

    /** An UNSUBSCRIBE is answered, each filter with its own reason. */
    void unsubscribed(Session session, List<TopicFilter> filters, List<ReasonCode> reasons) {
        long now = clock.millis();
        LogLevel level = session.logLevel(now);
        for (int i = 0; i < reasons.size(); i++) {
            if (level.includes(level(reasons.get(i)))) {
                answered(session, new LogDraft(LogKind.UNSUBSCRIBE, now), filters.get(i), reasons.get(i));
            }
        }
    }

    private static LogLevel level(ReasonCode reason) {
        return reason.isError() ? LogLevel.FAILURES : LogLevel.EVENTS;
    }

    private void answered(Session session, LogDraft draft, TopicFilter filter, ReasonCode reason) {
        OptionalInt before = subscriptions.take(session.device(), nanoTime.getAsLong());
        if (before.isPresent()) {
            about(session, draft).topic(filter.text()).detail("reasonCode", text(reason)).leftOutBefore(before.getAsInt());
            log.add(reason.isError() ? draft.failed(code(reason), why(reason)).entry() : draft.entry());
        }
    }

    private static LogDraft about(Session session, LogDraft draft) {
        draft.device(session.device());
        return session.isConnected() ? draft.address(session.connection().info().address()) : draft;
    }

    private static int code(ReasonCode reason) {
        return switch (reason) {
            case NOT_AUTHORIZED -> LogCode.FORBIDDEN;
            case TOPIC_FILTER_INVALID -> LogCode.TOPIC_MALFORMED;
            case QUOTA_EXCEEDED -> LogCode.RATE;
            case IMPLEMENTATION_SPECIFIC_ERROR -> LogCode.INTERNAL;
            default -> LogCode.REQUEST;
        };
    }

    private static String why(ReasonCode reason) {
        return switch (reason) {
            case NOT_AUTHORIZED -> "no topic class of the product lets the device subscribe to it";
            case TOPIC_FILTER_INVALID -> "the filter is malformed, too long or too deep";
            case QUOTA_EXCEEDED -> "the device has as many subscriptions as it may, or too many filters at once";
            case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED -> "shared subscriptions are not supported";
            case IMPLEMENTATION_SPECIFIC_ERROR -> "too many changes of the session wait to be stored";
            default -> reason.toString();
        };
    }

    /** A reason code as logs name it. */
    static String text(ReasonCode reason) {
        return String.format("0x%02X %s", reason.code(), reason);
    }
}
