package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.upstream.ProductSubscription;
import java.util.List;

/** Tells a directory what the façades of the registry tell it, for tests of other packages. */
public final class DirectoryChanges {

    private DirectoryChanges() {
    }

    public static void deviceChanged(DeviceDirectory directory, DeviceKey key) {
        directory.deviceChanged(key);
    }

    public static void accessChanged(DeviceDirectory directory, String productKey, long version,
            List<TopicClass> classes, ProductRates rates, ProductSubscription subscription) {
        directory.accessChanged(productKey, new DeviceSource.StoredAccess(1, version, classes, rates, subscription));
    }
}
