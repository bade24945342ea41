package io.thingport.platform.devicelog;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An entry of the device log that is being written. What comes from outside is cut to {@value #TEXT_MAXIMUM} characters, with
 * {@code ?} for each control character. Not thread-safe.
 */
public final class LogDraft {

    /** The longest topic, reason or value of a detail; one more character says that something was cut off. */
    public static final int TEXT_MAXIMUM = 256;
    /** The bytes of a payload that are kept. */
    public static final int PAYLOAD_MAXIMUM = 4096;
    /** The detail that says how many entries about the same were left out before this one. */
    public static final String LEFT_OUT = "leftOutBefore";

    private final LogKind kind;
    private final long millis;
    private Optional<DeviceKey> device = Optional.empty();
    private Optional<String> address = Optional.empty();
    private int code = LogEntry.SUCCESS;
    private Optional<String> reason = Optional.empty();
    private Optional<String> topic = Optional.empty();
    private OptionalInt qos = OptionalInt.empty();
    private OptionalInt size = OptionalInt.empty();
    private OptionalLong messageId = OptionalLong.empty();
    private OptionalInt packetId = OptionalInt.empty();
    private Optional<Duration> duration = Optional.empty();
    private List<UserProperty> userProperties = List.of();
    private final List<UserProperty> details = new ArrayList<>();
    private Optional<byte[]> payload = Optional.empty();

    /** @param millis since 1970 */
    public LogDraft(LogKind kind, long millis) {
        this.kind = kind;
        this.millis = millis;
    }

    public LogDraft device(DeviceKey about) {
        device = Optional.of(about);
        return this;
    }

    public LogDraft address(String from) {
        address = Optional.of(from);
        return this;
    }

    /** It failed. */
    public LogDraft failed(int withCode, String why) {
        code = withCode;
        return reason(why);
    }

    public LogDraft reason(String why) {
        reason = Optional.of(clean(why));
        return this;
    }

    public LogDraft topic(String topicOrFilter) {
        topic = Optional.of(clean(topicOrFilter));
        return this;
    }

    public LogDraft qos(QoS of) {
        qos = OptionalInt.of(of == QoS.AT_LEAST_ONCE ? 1 : 0);
        return this;
    }

    /** @param bytes of the payload */
    public LogDraft size(int bytes) {
        size = OptionalInt.of(bytes);
        return this;
    }

    /** @param id 0 = none */
    public LogDraft messageId(long id) {
        messageId = id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
        return this;
    }

    /** @param id 0 = none */
    public LogDraft packetId(int id) {
        packetId = id == 0 ? OptionalInt.empty() : OptionalInt.of(id);
        return this;
    }

    public LogDraft duration(Duration time) {
        duration = Optional.of(time);
        return this;
    }

    /** @param properties within their limits */
    public LogDraft userProperties(List<UserProperty> properties) {
        userProperties = properties;
        return this;
    }

    public LogDraft detail(String name, String value) {
        details.add(new UserProperty(name, clean(value)));
        return this;
    }

    /** Says how many entries about the same were left out before it, if any. */
    public LogDraft leftOutBefore(int count) {
        return count == 0 ? this : detail(LEFT_OUT, Integer.toString(count));
    }

    /** @param bytes the payload, or what is to be kept of it; not copied */
    public LogDraft payload(byte[] bytes) {
        payload = Optional.of(bytes);
        return this;
    }

    /** The entry as it is now. */
    public LogEntry entry() {
        return new LogEntry(millis, kind, device.map(DeviceKey::productKey), device.map(DeviceKey::deviceName), address, code,
                reason, topic, qos, size, messageId, packetId, duration, userProperties, details, payload);
    }

    private static String clean(String text) {
        int most = Math.min(text.length(), TEXT_MAXIMUM);
        if (most < text.length() && Character.isHighSurrogate(text.charAt(most - 1))) {
            most--; // no half of a character
        }
        StringBuilder clean = new StringBuilder(most + 1);
        for (int i = 0; i < most; i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) ? '?' : c);
        }
        return (text.length() > most ? clean.append('…') : clean).toString();
    }
}
