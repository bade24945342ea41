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
     * The newest about one device; what is absent stays as it is. An activation is kept from the first {@code online}.
     *
     * @param online  when it connected
     * @param address where from
     * @param offline when its connection ended
     */
    record Update(DeviceKey key, Optional<Instant> online, Optional<String> address, Optional<Instant> offline) {
    }
}
