package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import java.util.function.Predicate;

/**
 * Where devices get what they connect with. Once a method has returned, what it says is stored. Blocks; an exception means
 * that nothing has changed and that the device may come again.
 */
public interface RegistrationStore {

    /**
     * Gives a device that was registered beforehand a new secret; the one before is no longer valid. To be repeated until
     * the device has connected, which a lost answer makes necessary.
     *
     * @param signed whether the request was signed with a secret; asked once in any case
     */
    RegistrationResult giveSecret(DeviceKey key, Predicate<Secret> signed);

    /**
     * Gives a physical device a token; the device is registered when there is none of the name. There are at most
     * {@link Registrations#TOKENS_MAXIMUM} of a device: a further one takes the place of the oldest that was never connected
     * with.
     *
     * @param signed whether the request was signed with a secret; asked once in any case
     */
    RegistrationResult giveToken(DeviceKey key, Predicate<Secret> signed);

    /** Notes that a token is connected with for the first time: no other takes its place any more. Nothing when it is gone. */
    void activate(DeviceKey key, String clientId);
}
