package io.thingport.platform.devicelog;

import io.thingport.mqtt.UserProperty;
import java.time.Duration;
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
 * @param userProperties MQTT 5 user properties as the sender gave them
 * @param details        what else is known, such as protocol version and client id
 * @param payload        only where it is switched on for the device; the beginning of it
 */
public record LogEntry(long millis, LogKind kind, Optional<String> productKey, Optional<String> deviceName,
        Optional<String> address, int code, Optional<String> reason, Optional<String> topic, OptionalInt qos,
        OptionalInt size, OptionalLong messageId, OptionalInt packetId, Optional<Duration> duration,
        List<UserProperty> userProperties, List<UserProperty> details, Optional<byte[]> payload) {

    /** The code of success. */
    public static final int SUCCESS = 200;

    public LogEntry {
        userProperties = List.copyOf(userProperties);
        details = List.copyOf(details);
    }
}
