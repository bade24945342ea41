package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import java.util.List;

/** Tells a directory what the façades of the registry tell it, for tests of other packages. */
public final class DirectoryChanges {

    private DirectoryChanges() {
    }

    public static void deviceChanged(DeviceDirectory directory, DeviceKey key) {
        directory.deviceChanged(key);
    }

    public static void topicClassesChanged(DeviceDirectory directory, String productKey, long version,
            List<TopicClass> classes) {
        directory.topicClassesChanged(productKey, new DeviceSource.StoredClasses(1, version, classes));
    }
}
