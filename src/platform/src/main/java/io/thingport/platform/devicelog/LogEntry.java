package io.thingport.platform.devicelog;

import io.thingport.mqtt.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Something that happened to a device. Holds no secret and no signature.
 *
 * @param millis         when, since 1970
 * @param productKey     of the device, or as the client claimed it; empty when it claimed nothing well-formed
 * @param deviceName     likewise
 * @param address        where the client came from
 * @param code           as the logs of the Aliyun IoT Platform have it: 200 is success, anything else failure
 * @param reason         why, in words
 * @param topic          topic or filter
 * @param qos            0 or 1
 * @param size           of the payload, in bytes
 * @param messageId      the platform's id of the message or call
 * @param packetId       the packet identifier on the wire
 * @param duration       of a call, or of a connection
 * @param userProperties MQTT 5 user properties as the sender gave them, as far as they fit
 * @param details        what else is known, such as protocol version and client id
 * @param payload        only where it is switched on for the device; the beginning of it
 */
public record LogEntry(long millis, LogKind kind, Optional<String> productKey, Optional<String> deviceName,
        Optional<String> address, int code, Optional<String> reason, Optional<String> topic, OptionalInt qos,
        OptionalInt size, OptionalLong messageId, OptionalInt packetId, Optional<Duration> duration,
        List<UserProperty> userProperties, List<UserProperty> details, Optional<byte[]> payload) {

    /** The code of success. */
    public static final int SUCCESS = 200;

    /** More of a reason is cut off. */
    static final int REASON_MAXIMUM = 1_000;
    /** User properties, and details, beyond so many characters are left out. */
    static final int PROPERTIES_MAXIMUM = 8 * 1024;

    private static final int USUAL_WEIGHT = 300;
    private static final int PROPERTY_OVERHEAD = 50;

    public LogEntry {
        reason = reason.map(text -> text.substring(0, Math.min(text.length(), REASON_MAXIMUM)));
        userProperties = bounded(userProperties);
        details = bounded(details);
    }

    /** Whether it tells of something that went wrong. */
    public boolean isFailure() {
        return code != SUCCESS;
    }

    /** About how much memory it takes, in bytes. */
    int weight() {
        return USUAL_WEIGHT + length(reason) + length(topic) + size(userProperties) + size(details)
                + payload.map(bytes -> bytes.length).orElse(0);
    }

    private static List<UserProperty> bounded(List<UserProperty> properties) {
        if (size(properties) <= PROPERTIES_MAXIMUM) {
            return List.copyOf(properties);
        }
        List<UserProperty> kept = new ArrayList<>();
        int room = PROPERTIES_MAXIMUM;
        for (UserProperty property : properties) {
            room -= size(property);
            if (room < 0) {
                break;
            }
            kept.add(property);
        }
        return List.copyOf(kept);
    }

    private static int size(List<UserProperty> properties) {
        int size = 0;
        for (UserProperty property : properties) {
            size += size(property);
        }
        return size;
    }

    private static int size(UserProperty property) {
        return property.key().length() + property.value().length() + PROPERTY_OVERHEAD;
    }

    private static int length(Optional<String> text) {
        return text.map(String::length).orElse(0);
    }
}
