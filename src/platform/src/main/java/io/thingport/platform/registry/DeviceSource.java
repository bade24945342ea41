package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import java.util.List;
import java.util.Optional;

/**
 * Where the {@link DeviceDirectory} reads what it does not know yet. Blocks; an exception means that nobody knows.
 */
public interface DeviceSource {

    /** A device, or empty when there is none. */
    Optional<StoredDevice> device(DeviceKey key);

    /** The topic classes of a product, or empty when there is no such product. */
    Optional<StoredClasses> topicClasses(String productKey);

    /**
     * What the database holds of a device for its CONNECT.
     *
     * @param id of the device's row
     */
    record StoredDevice(long id, DeviceSecrets secrets, boolean enabled, boolean activated) {
    }

    /**
     * The topic classes of a product at one point in time. Later points have greater numbers: first the product's, which
     * tells a product from a later one with the same key, then the version's.
     *
     * @param product id of the product
     * @param version rises with every change of the product's classes
     * @param classes in the order of their creation
     */
    record StoredClasses(long product, long version, List<TopicClass> classes) {
        public StoredClasses {
            classes = List.copyOf(classes);
        }

        boolean laterThan(StoredClasses other) {
            return product != other.product ? product > other.product : version > other.version;
        }
    }
}
