package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import jakarta.ejb.Stateless;
import java.util.Optional;

/** Devices of products. Every method may throw {@link RegistryException}; calls block on the database. */
@Stateless
public class Devices {

    public Device register(String productKey, NewDevice device) {
        throw new UnsupportedOperationException();
    }

    public Device get(DeviceKey key) {
        throw new UnsupportedOperationException();
    }

    /** The device's secret, for its owner. */
    public Secret secret(DeviceKey key) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     */
    public Page<Device> list(String productKey, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Lets a device connect or forbids it, which also ends its connection. Repeating is harmless. */
    public Device setEnabled(DeviceKey key, boolean enabled) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a device, which also ends its connection. */
    public void delete(DeviceKey key) {
        throw new UnsupportedOperationException();
    }
}
