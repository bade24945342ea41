package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.access.Claim;
import io.thingport.platform.registry.DeviceCredentials;
import java.util.Optional;

/**
 * A channel whose device is admitted, from the moment it has come to the device's home loop until its CONNACK: it waits for
 * its session to be found, or to be stored. Owned by the home loop.
 */
final class Arrival {

    private final MqttChannel channel;
    private final Claim claim;
    private final DeviceCredentials credentials;
    private Optional<MqttLoop.Timer> deadline = Optional.empty();
    private boolean over;

    Arrival(MqttChannel channel, Claim claim, DeviceCredentials credentials) {
        this.channel = channel;
        this.claim = claim;
        this.credentials = credentials;
    }

    DeviceKey device() {
        return claim.device();
    }

    MqttChannel channel() {
        return channel;
    }

    Claim claim() {
        return claim;
    }

    DeviceCredentials credentials() {
        return credentials;
    }

    /** Whether a deadline runs. */
    boolean isLimited() {
        return deadline.isPresent();
    }

    void limit(MqttLoop.Timer timer) {
        deadline = Optional.of(timer);
    }

    /** It waits no more, whatever the reason. */
    void end() {
        over = true;
        deadline.ifPresent(MqttLoop.Timer::cancel);
    }

    boolean isOver() {
        return over || !channel.open();
    }
}
