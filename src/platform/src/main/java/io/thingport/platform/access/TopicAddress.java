package io.thingport.platform.access;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import java.util.Optional;

/**
 * Whose a topic name or filter is, and of which kind, read level by level. Where product key and device name belong,
 * filters have to spell them out: a wildcard there is a name that no device has.
 *
 * @param kind       what family of topics it is
 * @param productKey the level where that family has the product key
 * @param deviceName the level where it has the device name; empty for {@link Kind#BROADCAST}
 * @param rest       what follows the two (or the product key), without the slash between; empty where nothing can
 * @param call       the level between {@code /ext/rrpc/} and the rest of a custom topic call, if it is one
 */
public record TopicAddress(Kind kind, String productKey, String deviceName, String rest, Optional<String> call) {

    /** The families of topics. */
    public enum Kind {
        /** {@code /{pk}/{dn}/…}: what topic classes are about. */
        CUSTOM,
        /** {@code /sys/{pk}/{dn}/…} */
        SYSTEM,
        /**
         * {@code /ext/ntp/{pk}/{dn}/…}, {@code /ext/session/{pk}/{dn}/…}, {@code /ext/error/{pk}/{dn}},
         * {@code /ota/device/{…}/{pk}/{dn}}, {@code /shadow/{…}/{pk}/{dn}}
         */
        FUNCTION,
        /** {@code /broadcast/{pk}/…} */
        BROADCAST
    }

    private static final String CALL = "/ext/rrpc/";

    /** Where a topic name belongs; empty when to no family. */
    public static Optional<TopicAddress> of(TopicName topic) {
        return of(topic.toString());
    }

    static Optional<TopicAddress> of(String text) {
        if (!text.startsWith(CALL)) {
            return of(text, Optional.empty());
        }
        int end = text.indexOf('/', CALL.length());
        if (end < 0) {
            return Optional.empty();
        }
        return of(text.substring(end), Optional.of(text.substring(CALL.length(), end)))
                .filter(inner -> inner.kind == Kind.CUSTOM || inner.kind == Kind.SYSTEM);
    }

    private static Optional<TopicAddress> of(String text, Optional<String> call) {
        String[] levels = text.split("/", -1);
        if (levels.length < 4 || !levels[0].isEmpty()) {
            return Optional.empty();
        }
        switch (levels[1]) {
            case "sys":
                return levels.length < 5 ? Optional.empty() : Optional.of(
                        new TopicAddress(Kind.SYSTEM, levels[2], levels[3], after(text, levels, 4), call));
            case "ext":
                return !isFunction(levels) ? Optional.empty() : Optional.of(
                        new TopicAddress(Kind.FUNCTION, levels[3], levels[4], after(text, levels, 5), call));
            case "ota":
                return levels.length != 6 || !levels[2].equals("device") ? Optional.empty() : Optional.of(
                        new TopicAddress(Kind.FUNCTION, levels[4], levels[5], "", call));
            case "shadow":
                return levels.length != 5 ? Optional.empty() : Optional.of(
                        new TopicAddress(Kind.FUNCTION, levels[3], levels[4], "", call));
            case "broadcast":
                return Optional.of(new TopicAddress(Kind.BROADCAST, levels[2], "", after(text, levels, 3), call));
            default:
                return Optional.of(new TopicAddress(Kind.CUSTOM, levels[1], levels[2], after(text, levels, 3), call));
        }
    }

    private static boolean isFunction(String[] ext) {
        return switch (ext[2]) {
            case "ntp", "session" -> ext.length > 5;
            case "error" -> ext.length == 5;
            default -> false;
        };
    }

    private static String after(String text, String[] levels, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            from += levels[i].length() + 1;
        }
        return from > text.length() ? "" : text.substring(from);
    }

    /** The device whose topic this is; empty for a broadcast and for levels that are no device key. */
    public Optional<DeviceKey> device() {
        return kind != Kind.BROADCAST && DeviceKey.isProductKey(productKey) && DeviceKey.isDeviceName(deviceName)
                ? Optional.of(new DeviceKey(productKey, deviceName))
                : Optional.empty();
    }

    /** Whether it is a topic of this device, or a broadcast to its product. */
    boolean concerns(DeviceKey device) {
        return productKey.equals(device.productKey())
                && (kind == Kind.BROADCAST || deviceName.equals(device.deviceName()));
    }
}
