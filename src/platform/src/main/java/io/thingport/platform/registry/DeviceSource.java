package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.upstream.ProductSubscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where the {@link DeviceDirectory} reads what it does not know yet. Blocks; an exception means that nobody knows.
 */
public interface DeviceSource {

    /** A device, or empty when there is none. */
    Optional<StoredDevice> device(DeviceKey key);

    /** The device for which a certificate stands, or empty when it stands for none. */
    Optional<DeviceKey> owner(Fingerprint certificate);

    /** What a product lets its devices do, or empty when there is no such product. */
    Optional<StoredAccess> access(String productKey);

    /**
     * What the database holds of a device for its CONNECT.
     *
     * @param id    of the device's row
     * @param iotId opaque id of the device
     * @param certificates by which it may connect
     */
    record StoredDevice(long id, String iotId, DeviceSecrets secrets, boolean enabled, boolean activated,
            AcceptedCertificates certificates) {
    }

    /**
     * What a product lets its devices do, and who receives it, at one point in time. Later points have greater numbers:
     * first the product's, which tells a product from a later one with the same key, then the version's.
     *
     * @param product      id of the product
     * @param version      rises with every change of these
     * @param classes      in the order of their creation
     * @param rates        where they differ from the server's
     * @param subscription which messages go to which consumer groups
     */
    record StoredAccess(long product, long version, List<TopicClass> classes, ProductRates rates,
            ProductSubscription subscription) {
        public StoredAccess {
            classes = Collections.unmodifiableList(new ArrayList<>(classes)); // a new object even where the list is not
        }

        boolean laterThan(StoredAccess other) {
            return product != other.product ? product > other.product : version > other.version;
        }
    }
}
