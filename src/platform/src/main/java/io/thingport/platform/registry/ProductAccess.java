package io.thingport.platform.registry;

import io.thingport.platform.registry.DeviceSource.StoredClasses;
import java.util.List;

/**
 * What the devices of one product may do. One object per product while it exists; its list of topic classes is replaced
 * as a whole on every change, so that a list that is still the same object tells a cached decision to be current.
 */
public final class ProductAccess {

    private final String productKey;
    private volatile StoredClasses present; // volatile: read on every loop, replaced by whoever commits a change

    public ProductAccess(String productKey, StoredClasses classes) {
        this.productKey = productKey;
        this.present = classes;
    }

    public String productKey() {
        return productKey;
    }

    /** The present topic classes; immutable, the same object until one of them changes. From any thread. */
    public List<TopicClass> topicClasses() {
        return present.classes();
    }

    /** Takes classes over, unless later ones came first. From any thread. */
    public synchronized void offer(StoredClasses classes) {
        if (classes.laterThan(present)) {
            present = classes;
        }
    }
}
