package io.thingport.platform.registry;

import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.upstream.ProductSubscription;
import java.util.List;

/**
 * What the devices of one product may do, who receives what they publish, and whether somebody watches. One object per
 * product while it exists; its list of topic classes is replaced as a whole on every change of any of it, so that a list
 * that is still the same object tells a cached decision to be current.
 */
public final class ProductAccess {

    private final String productKey;
    private final DeviceRates serverRates;
    private volatile Present present; // volatile: read on every loop, replaced by whoever commits a change

    /** @param watched whether somebody watches what the devices do */
    private record Present(StoredAccess stored, DeviceRates rates, boolean watched) {
    }

    /** @param serverRates hold where the product has no rate of its own */
    public ProductAccess(String productKey, StoredAccess stored, DeviceRates serverRates) {
        this.productKey = productKey;
        this.serverRates = serverRates;
        this.present = present(stored, false);
    }

    public String productKey() {
        return productKey;
    }

    /** The present topic classes; immutable, the same object until something changes. From any thread. */
    public List<TopicClass> topicClasses() {
        return present.stored().classes();
    }

    /** The present rates of each device. From any thread. */
    public DeviceRates rates() {
        return present.rates();
    }

    /** Which consumer groups receive what at present. From any thread. */
    public ProductSubscription subscription() {
        return present.stored().subscription();
    }

    /** Whether somebody watches at present what the devices do. From any thread. */
    public boolean watched() {
        return present.watched();
    }

    /** Somebody begins to watch, or nobody watches any more. From any thread. */
    synchronized void watch(boolean on) {
        if (on != present.watched()) {
            StoredAccess stored = present.stored();
            present = present(new StoredAccess(stored.product(), stored.version(), stored.classes(), stored.rates(),
                    stored.subscription()), on); // with a new list
        }
    }

    /** Takes a change over, unless a later one came first. From any thread. */
    public synchronized void offer(StoredAccess stored) {
        if (stored.laterThan(present.stored())) {
            present = present(stored, present.watched());
        }
    }

    private Present present(StoredAccess stored, boolean watched) {
        return new Present(stored, stored.rates().over(serverRates), watched);
    }
}
