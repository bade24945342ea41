package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the {@link DeviceStatusWriter} writes. Blocks; an exception means that nothing was written. */
public interface StatusStore {

    /** Writes all of them in one transaction; devices that no longer exist are left out silently. */
    void write(List<Update> updates);

    /**
     * The newest about one device; what is absent stays as it is. The first {@code online} also activates the device.
     *
     * @param online  when it connected
     * @param address where from
     * @param offline when its connection ended
     */
    record Update(DeviceKey key, Optional<Instant> online, Optional<String> address, Optional<Instant> offline) {

        static Update online(DeviceKey key, Instant when, String address) {
            return new Update(key, Optional.of(when), Optional.of(address), Optional.empty());
        }

        static Update offline(DeviceKey key, Instant when) {
            return new Update(key, Optional.empty(), Optional.empty(), Optional.of(when));
        }

        /** This one, and what it does not say from an older one. */
        Update over(Update older) {
            return new Update(key, online.or(older::online), address.or(older::address), offline.or(older::offline));
        }
    }
}
