package io.thingport.platform.devicelog;

import io.thingport.mqtt.UserProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Entries for tests. */
final class Entries {

    static final String PRODUCT_KEY = "a1AbCdEfGhI";
    static final String ADDRESS = "192.0.2.7";

    private Entries() {
    }

    /** A publish of a device that succeeded. */
    static LogEntry publish(long millis, String deviceName) {
        return entry(millis, LogKind.PUBLISH_UP, deviceName, LogEntry.SUCCESS, Optional.empty());
    }

    /** A CONNECT that was refused. */
    static LogEntry refusal(long millis, String deviceName, String reason) {
        return entry(millis, LogKind.CONNECT, deviceName, 403, Optional.of(reason));
    }

    /** Somebody who never said who he is. */
    static LogEntry stranger(long millis, String address) {
        return new LogEntry(millis, LogKind.CONNECT, Optional.empty(), Optional.empty(), Optional.of(address), 400,
                Optional.of("malformed"), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(),
                OptionalInt.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /** One with something in every place. */
    static LogEntry everything(long millis) {
        return new LogEntry(millis, LogKind.RRPC, Optional.of(PRODUCT_KEY), Optional.of("lamp_1"), Optional.of(ADDRESS), 1905,
                Optional.of("no reply in time"), Optional.of("/a1AbCdEfGhI/lamp_1/user/get"), OptionalInt.of(1),
                OptionalInt.of(42), OptionalLong.of(1L << 62), OptionalInt.of(65_535), Optional.of(Duration.ofMillis(5_003)),
                List.of(new UserProperty("k", "\"v\" \u00e4"), new UserProperty("k", "")),
                List.of(new UserProperty("protocol", "5")), Optional.of(new byte[] {0, -1}));
    }

    static LogEntry withReason(String reason) {
        return refusal(0, "lamp_1", reason);
    }

    static LogEntry withProperties(List<UserProperty> properties) {
        LogEntry e = publish(0, "lamp_1");
        return new LogEntry(e.millis(), e.kind(), e.productKey(), e.deviceName(), e.address(), e.code(), e.reason(),
                e.topic(), e.qos(), e.size(), e.messageId(), e.packetId(), e.duration(), properties, e.details(),
                e.payload());
    }

    private static LogEntry entry(long millis, LogKind kind, String deviceName, int code, Optional<String> reason) {
        return new LogEntry(millis, kind, Optional.of(PRODUCT_KEY), Optional.of(deviceName), Optional.of(ADDRESS), code,
                reason, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(),
                OptionalInt.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());
    }
}
