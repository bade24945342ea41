package io.thingport.web.openapi;

import io.thingport.platform.registry.Device;
import io.thingport.platform.session.ConnectionInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A device as the registry knows it, and its connection. What the registry knows of connections may lag by a second. */
record LiveDevice(Device device, Optional<ConnectionInfo> connection) {

    DeviceState state() {
        if (!device.enabled()) {
            return DeviceState.DISABLE;
        }
        if (connection.isPresent()) {
            return DeviceState.ONLINE;
        }
        return device.activatedAt().isPresent() ? DeviceState.OFFLINE : DeviceState.UNACTIVE;
    }

    /** When it connected last, be it now. */
    Optional<Instant> lastOnline() {
        return connection.map(ConnectionInfo::since).or(device::lastOnline);
    }

    Optional<Instant> activatedAt() {
        return device.activatedAt().or(() -> connection.map(ConnectionInfo::since));
    }

    /** Where its last connection comes or came from. */
    Optional<String> address() {
        return connection.map(ConnectionInfo::address).or(device::lastAddress);
    }

    /** When it connected or was disconnected last. */
    Optional<Instant> lastChange() {
        return connection.map(ConnectionInfo::since).or(() -> latest(device.lastOnline(), device.lastOffline()));
    }

    /** The last thing that is known to have happened to it. */
    Instant lastEvent() {
        return latest(Optional.of(device.createdAt()), device.activatedAt(), lastChange()).orElseThrow();
    }

    @SafeVarargs
    private static Optional<Instant> latest(Optional<Instant>... times) {
        return Stream.of(times).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
