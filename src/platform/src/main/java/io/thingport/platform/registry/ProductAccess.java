package io.thingport.platform.registry;

import java.util.List;

/**
 * What the devices of one product may do. One object per product while it exists; its list of topic classes is replaced
 * as a whole on every change, so that a list that is still the same object tells a cached decision to be current.
 */
public final class ProductAccess {

    private final String productKey;
    private long version = -1; // of the product row the list was read with; guarded by this
    private volatile List<TopicClass> topicClasses = List.of(); // volatile: read on every loop, replaced on any thread

    public ProductAccess(String productKey) {
        this.productKey = productKey;
    }

    public String productKey() {
        return productKey;
    }

    /** The present topic classes; immutable, the same object until one of them changes. From any thread. */
    public List<TopicClass> topicClasses() {
        return topicClasses;
    }

    /** Takes over the classes of a version, unless a newer one came first. */
    public synchronized void offer(long newVersion, List<TopicClass> classes) {
        if (newVersion > version) {
            version = newVersion;
            topicClasses = List.copyOf(classes);
        }
    }
}
