package io.thingport.platform.audit;

import io.thingport.mqtt.DeviceKey;
import java.util.Optional;

/**
 * On what something was done.
 *
 * @param id of what is neither a product nor a device: a topic class, a consumer group, an access key
 */
public record Subject(Optional<String> productKey, Optional<String> deviceName, Optional<String> id) {

    private static final int MAXIMUM = 128;

    /** On the installation as a whole. */
    public static final Subject NONE = new Subject(Optional.empty(), Optional.empty(), Optional.empty());

    /** What is longer than an entry holds is cut. */
    public Subject {
        productKey = productKey.map(Subject::cut);
        deviceName = deviceName.map(Subject::cut);
        id = id.map(Subject::cut);
    }

    public static Subject product(String productKey) {
        return new Subject(Optional.of(productKey), Optional.empty(), Optional.empty());
    }

    public static Subject device(DeviceKey key) {
        return new Subject(Optional.of(key.productKey()), Optional.of(key.deviceName()), Optional.empty());
    }

    public static Subject id(String id) {
        return new Subject(Optional.empty(), Optional.empty(), Optional.of(id));
    }

    /** With what the other knows where this knows nothing. */
    Subject or(Subject other) {
        return new Subject(productKey.or(() -> other.productKey), deviceName.or(() -> other.deviceName), id.or(() -> other.id));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MAXIMUM, text.length()));
    }
}
