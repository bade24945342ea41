package io.thingport.platform.access;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;

/**
 * A CONNECT that is in order and names a device; that it is this device has still to be proven.
 *
 * @param device   the device it names
 * @param id       its client identifier
 * @param password what is to prove it; not copied
 * @param connect  the packet; of too many User Properties only so many that this shows
 */
public record Claim(DeviceKey device, ClientIdentifier id, byte[] password, Connect connect)
        implements Admission.Examination {

    /** Names no credential. */
    @Override
    public String toString() {
        return "Claim[" + device + "]";
    }
}
