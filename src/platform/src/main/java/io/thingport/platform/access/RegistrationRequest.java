package io.thingport.platform.access;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;

/**
 * A device asks for what it is to connect with, and is to prove that it knows its product's secret.
 *
 * @param device     the device it wants to be
 * @param wanted     what it asks for
 * @param signMethod how it signs
 * @param random     what it made up, which is signed
 * @param signature  in hexadecimal; not copied
 */
public record RegistrationRequest(DeviceKey device, Wanted wanted, SignMethod signMethod, String random,
        byte[] signature) {

    /** What a device may ask for. */
    public enum Wanted {
        /** A secret, for a device that was registered beforehand. */
        SECRET,
        /** A token, for one of the physical devices under any device name. */
        TOKEN
    }

    /** Whether it was signed with a secret; the time it takes does not tell where signatures differ. */
    public boolean isSignedWith(Secret productSecret) {
        return DeviceSignature.proves(this, productSecret);
    }

    /** Names no credential. */
    @Override
    public String toString() {
        return "RegistrationRequest[" + device + ", " + wanted + "]";
    }
}
