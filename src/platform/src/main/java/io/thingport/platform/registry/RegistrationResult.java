package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;

/** What becomes of a device's request to be registered. */
public sealed interface RegistrationResult {

    /** The device has this secret from now on. */
    record WithSecret(DeviceKey device, Secret secret) implements RegistrationResult {
    }

    /** A physical device has this token from now on, to be used with this client id. */
    record WithToken(DeviceKey device, String clientId, Secret token) implements RegistrationResult {
    }

    /** Nothing has changed. */
    enum Refused implements RegistrationResult {
        /** No such product, another signature, or no such device. Who asks is not told which. */
        UNPROVEN,
        /** The product does not permit it; told to those only who know its secret, as the next three are. */
        SWITCHED_OFF,
        DISABLED,
        /** It has connected with its secret. */
        ACTIVATED,
        /** As many physical devices as there may be have connected. */
        TOO_MANY_TOKENS,
        /** Too many have asked; it may come again. */
        TOO_OFTEN,
        /** It was not tried, or failed; it may come again. */
        UNAVAILABLE
    }
}
