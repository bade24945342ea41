package io.thingport.platform.session;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.LogBudget;
import io.thingport.platform.devicelog.LogCode;
import io.thingport.platform.devicelog.LogDraft;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.devicelog.PresentLevels;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Writes into the device log what devices subscribe to, what goes to and from them and what is lost on the way. Who fails or
 * subscribes all the time gets so many entries in a second; messages themselves are not bounded so, as somebody has asked for
 * them. From any thread, never blocks.
 */
final class MessageEvents {

    /** Entries in a second about the subscriptions of one device. */
    static final int SUBSCRIPTIONS_OF_DEVICE = 32;
    /** Entries in a second about the subscriptions of all devices. */
    static final int SUBSCRIPTIONS = 5_000;

    /** Entries in a second about what one device loses, and about messages that do not reach it. */
    static final int FAILURES_OF_DEVICE = 10;
    /** Entries in a second about what all devices lose. */
    static final int FAILURES = 200;
    /** Entries in a second about calls of one device. */
    static final int CALLS_OF_DEVICE = 10;
    /** Entries in a second about calls of all devices. */
    static final int CALLS = 200;

    private static final int COUNTED = 10_000;

    private final DeviceLog log;
    private final PresentLevels levels;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final LogBudget<DeviceKey> subscriptions;
    private final LogBudget<DeviceKey> failures;
    private final LogBudget<DeviceKey> calls;

    MessageEvents(DeviceLog log, PresentLevels levels, Clock clock, LongSupplier nanoTime) {
        this.log = log;
        this.levels = levels;
        this.clock = clock;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.subscriptions = new LogBudget<>(SUBSCRIPTIONS_OF_DEVICE, SUBSCRIPTIONS, COUNTED, now);
        this.failures = new LogBudget<>(FAILURES_OF_DEVICE, FAILURES, COUNTED, now);
        this.calls = new LogBudget<>(CALLS_OF_DEVICE, CALLS, COUNTED, now);
    }

    /** Entries that were left out, since the start. */
    long leftOut() {
        return subscriptions.leftOut() + failures.leftOut() + calls.leftOut();
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

    // ---- messages ----

    /** A device has published. Only where each message is written. */
    void published(Session from, Publish publish, long id) {
        long now = clock.millis();
        if (from.logLevel(now).includes(LogLevel.MESSAGES)) {
            LogDraft draft = message(about(from, new LogDraft(LogKind.PUBLISH_UP, now)), publish).messageId(id)
                    .packetId(publish.packetId());
            if (publish.dup()) {
                draft.detail("dup", "true");
            }
            log.add(withPayload(draft, from, publish.payload(), now).entry());
        }
    }

    /** A message went to a device at QoS 0. Only where each message is written. */
    void sent(Session to, Message message, long id) {
        down(to, message, 0, id, "sent");
    }

    /** A message went to a device at QoS 1. Only where each message is written. */
    void sent(Session to, Message message, Delivery delivery, long id) {
        long known = id == Outbound.NO_ID ? to.messageId(delivery) : id;
        if (known != Outbound.NO_ID) {
            to.messageId(delivery, known);
        }
        down(to, message, delivery.packetId(), known, "sent");
    }

    /** A message waits in the session of its device. Only where each message is written. */
    void waits(Session to, Message message, Delivery delivery, long id) {
        if (id != Outbound.NO_ID) {
            to.messageId(delivery, id);
        }
        down(to, message, 0, id, to.isStored() ? "stored" : "waits");
    }

    /** A device has acknowledged a message. Only where each message is written. */
    void acknowledged(Session from, Delivery delivery, ReasonCode reason) {
        long now = clock.millis();
        long id = from.takeMessageId(delivery);
        if (from.logLevel(now).includes(LogLevel.MESSAGES)) {
            LogDraft draft = about(from, new LogDraft(LogKind.PUBLISH_DOWN, now)).qos(QoS.AT_LEAST_ONCE).messageId(id)
                    .packetId(delivery.packetId()).detail("stage", "acknowledged").detail("reasonCode", text(reason));
            log.add(reason.isError() ? draft.failed(LogCode.REQUEST, "the device refused it").entry() : draft.entry());
        }
    }

    private void down(Session to, Message message, int packetId, long id, String stage) {
        long now = clock.millis();
        if (to.logLevel(now).includes(LogLevel.MESSAGES)) {
            LogDraft draft = message(about(to, new LogDraft(LogKind.PUBLISH_DOWN, now)), message).messageId(id)
                    .packetId(packetId).detail("stage", stage);
            log.add(withPayload(draft, to, message.payload(), now).entry());
        }
    }

    private static LogDraft message(LogDraft draft, Message message) {
        return draft.topic(message.topic().toString()).qos(message.qos()).size(message.payload().length())
                .userProperties(message.properties().userProperties());
    }

    private static LogDraft withPayload(LogDraft draft, Session session, Payload payload, long now) {
        return session.logsPayloads(now) ? withPayload(draft, payload.toByteArray()) : draft;
    }

    private static LogDraft withPayload(LogDraft draft, byte[] bytes) {
        if (bytes.length <= LogDraft.PAYLOAD_MAXIMUM) {
            return draft.payload(bytes);
        }
        return draft.payload(Arrays.copyOf(bytes, LogDraft.PAYLOAD_MAXIMUM)).detail("payloadCut", "true");
    }

    // ---- what is lost ----

    /** A message is dropped. */
    void dropped(Session session, Message message, DropReason reason) {
        drop(session, reason, draft -> draft.topic(message.topic().toString()).qos(message.qos())
                .size(message.payload().length()).packetId(message instanceof Publish publish ? publish.packetId() : 0)
                .detail("direction", message instanceof Publish && ofDevice(reason) ? "up" : "down"));
    }

    /** Something is dropped; {@code what} names it. */
    void dropped(Session session, DropReason reason, String what) {
        drop(session, reason, draft -> draft.detail("what", what).detail("direction", "down"));
    }

    private void drop(Session session, DropReason reason, UnaryOperator<LogDraft> what) {
        long now = clock.millis();
        if (session.logLevel(now).includes(LogLevel.FAILURES)) {
            failures.take(session.device(), nanoTime.getAsLong()).ifPresent(before -> log.add(
                    what.apply(about(session, new LogDraft(LogKind.DROP, now))).failed(code(reason), why(reason))
                            .detail("drop", reason.toString()).leftOutBefore(before).entry()));
        }
    }

    /** Whether it is what a device has published that is dropped so, not what it would receive. */
    private static boolean ofDevice(DropReason reason) {
        return switch (reason) {
            case NOT_AUTHORIZED, TOPIC_INVALID, PROPERTIES_INVALID, THROTTLED, STRAY_REPLY, REPLIES_BUSY, UPSTREAM_FULL -> true;
            default -> false;
        };
    }

    private static int code(DropReason reason) {
        return reason.logCode().orElseGet(() -> switch (reason) {
            case SERVER_BUSY, REPLIES_BUSY, UPSTREAM_FULL, DATABASE -> LogCode.INTERNAL;
            case PROPERTIES_INVALID -> LogCode.PARAMETER;
            case TOO_LARGE -> LogCode.PAYLOAD;
            default -> LogCode.REQUEST;
        });
    }

    private static String why(DropReason reason) {
        return switch (reason) {
            case NOT_AUTHORIZED -> "no topic class of the product permits it";
            case TOPIC_INVALID -> "the topic is too long or too deep";
            case PROPERTIES_INVALID -> "the MQTT 5 properties are beyond their limits";
            case THROTTLED -> "faster than its rate";
            case OUTPUT_FULL -> "the socket of the device takes no more";
            case QUEUE_FULL -> "more waits for the device than may; the oldest goes";
            case TOO_LARGE -> "larger than the device or the server takes";
            case EXPIRED -> "it has waited too long";
            case SESSION_ENDED -> "the session has ended";
            case REFUSED_BY_DEVICE -> "the device refused it";
            case STRAY_REPLY -> "no call waits for this reply: it is late, unknown or repeated";
            case SERVER_BUSY -> "the server is too busy";
            case REPLIES_BUSY -> "too many requests of devices are being worked on";
            case UPSTREAM_FULL -> "too much waits for consumer groups";
            case DATABASE -> "the database refused it";
        };
    }

    // ---- what applications do ----

    /** What became of a message that an application has sent to a device; nothing is written when it is on its way. */
    void pubFailed(DeviceKey to, Message message, long id, SendOutcome outcome) {
        if (outcome != SendOutcome.SENT && outcome != SendOutcome.STORED) {
            long now = clock.millis();
            if (levels.of(to, now).includes(LogLevel.FAILURES)) {
                failures.take(to, nanoTime.getAsLong()).ifPresent(before -> log.add(message(new LogDraft(LogKind.PUBLISH_DOWN,
                        now).device(to), message).messageId(id).failed(code(outcome), why(outcome)).leftOutBefore(before)
                        .entry()));
            }
        }
    }

    private static int code(SendOutcome outcome) {
        return switch (outcome) {
            case SENT, STORED -> LogCode.SUCCESS;
            case NO_SESSION -> LogCode.DEVICE_OFFLINE;
            case DROPPED -> LogCode.OUTPUT_FULL;
            case TOO_LARGE -> LogCode.PAYLOAD;
            case THROTTLED -> LogCode.RATE;
            case FORBIDDEN_TOPIC -> LogCode.TOPIC_NOT_AUTHORIZED;
            case NOT_SUBSCRIBED, UNKNOWN_DEVICE -> LogCode.REQUEST;
            case UNAVAILABLE -> LogCode.INTERNAL;
        };
    }

    private static String why(SendOutcome outcome) {
        return switch (outcome) {
            case SENT, STORED -> "";
            case NO_SESSION -> "the device is not connected, and has no session that would keep the message";
            case DROPPED -> "connection or session of the device take no more";
            case TOO_LARGE -> "larger than the device or the server takes";
            case THROTTLED -> "faster than its rate";
            case FORBIDDEN_TOPIC -> "no topic class of the product permits it";
            case NOT_SUBSCRIBED -> "the device did not subscribe to the topic";
            case UNKNOWN_DEVICE -> "unknown device";
            case UNAVAILABLE -> "the server is too busy or not ready";
        };
    }

    /**
     * A call of a device has ended.
     *
     * @param topic of the custom form, if it is one
     * @param began by the clock that rates are counted by
     */
    void called(DeviceKey device, Optional<TopicName> topic, byte[] request, CallOutcome outcome, long began) {
        long now = clock.millis();
        boolean success = outcome.status() == CallOutcome.Status.SUCCESS;
        if (!levels.of(device, now).includes(success ? LogLevel.EVENTS : LogLevel.FAILURES)) {
            return;
        }
        long nanos = nanoTime.getAsLong();
        calls.take(device, nanos).ifPresent(before -> {
            LogDraft draft = new LogDraft(LogKind.RRPC, now).device(device).size(request.length)
                    .messageId(outcome.messageId()).duration(Duration.ofMillis((nanos - began) / 1_000_000))
                    .detail("outcome", outcome.status().toString()).leftOutBefore(before);
            topic.ifPresent(custom -> draft.topic(custom.toString()));
            if (success) {
                draft.detail("replySize", Integer.toString(outcome.reply().length));
            } else {
                draft.failed(code(outcome.status()), why(outcome.status()));
            }
            levels.trace(device).filter(trace -> trace.payloads() && !trace.isOver(now))
                    .ifPresent(trace -> withPayload(draft, request));
            log.add(draft.entry());
        });
    }

    private static int code(CallOutcome.Status status) {
        return switch (status) {
            case SUCCESS -> LogCode.SUCCESS;
            case TIMEOUT, HALF_CONNECTED -> LogCode.CALL_TIMEOUT;
            case OFFLINE -> LogCode.DEVICE_OFFLINE;
            case FORBIDDEN_TOPIC -> LogCode.TOPIC_NOT_AUTHORIZED;
            case TOO_LARGE -> LogCode.PAYLOAD;
            case THROTTLED -> LogCode.RATE;
            case NOT_SUBSCRIBED, NO_EXT, UNKNOWN_DEVICE -> LogCode.REQUEST;
            case UNAVAILABLE -> LogCode.INTERNAL;
        };
    }

    private static String why(CallOutcome.Status status) {
        return switch (status) {
            case SUCCESS -> "";
            case TIMEOUT -> "the device did not reply in time";
            case OFFLINE -> "the device is not connected, or its connection was lost meanwhile";
            case HALF_CONNECTED -> "the device has been silent for over one keep-alive, and did not reply in time";
            case NOT_SUBSCRIBED -> "the device did not subscribe to the topic of the call";
            case NO_EXT -> "the device did not say with ext=1 that it takes calls on topics of its own";
            case FORBIDDEN_TOPIC -> "no topic class of the product permits it";
            case UNKNOWN_DEVICE -> "unknown device";
            case TOO_LARGE -> "larger than the device or the server takes";
            case THROTTLED -> "faster than its rate";
            case UNAVAILABLE -> "the server or the device takes no more calls";
        };
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
