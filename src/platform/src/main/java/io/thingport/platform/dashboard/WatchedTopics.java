package io.thingport.platform.dashboard;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicFilter;
import java.util.Optional;

/**
 * What a dashboard's filter is about: the custom topics, {@code /{pk}/{dn}/…}, or the status, {@code /as/mqtt/status/{pk}/{dn}},
 * of one device or, with {@code +} in its place, of all devices of a product. The product key has to be spelled out.
 *
 * @param deviceName the one device; empty for all of the product
 * @param right      what is needed to watch it
 */
record WatchedTopics(String productKey, Optional<String> deviceName, Right right) {

    private static final String STATUS = "/as/mqtt/status/";

    /** Empty for a filter of any other form. */
    static Optional<WatchedTopics> of(TopicFilter filter) {
        String text = filter.text();
        if (text.startsWith(STATUS)) {
            String[] levels = text.substring(STATUS.length()).split("/", -1);
            return levels.length == 2 ? of(levels[0], levels[1], Right.STATUS) : Optional.empty();
        }
        String[] levels = text.split("/", 4);
        return levels.length == 4 && levels[0].isEmpty() && !levels[3].isEmpty()
                ? of(levels[1], levels[2], Right.WATCH)
                : Optional.empty();
    }

    private static Optional<WatchedTopics> of(String productKey, String device, Right right) {
        boolean all = device.equals("+");
        return DeviceKey.isProductKey(productKey) && (all || DeviceKey.isDeviceName(device))
                ? Optional.of(new WatchedTopics(productKey, all ? Optional.empty() : Optional.of(device), right))
                : Optional.empty();
    }
}
