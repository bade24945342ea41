package io.thingport.mqtt;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the platform decides about an accepted connection; the adapter adds what its settings say.
 *
 * @param sessionPresent   CONNACK's flag (never set in 3.1)
 * @param keepAlive        seconds of silence, times 1.5, after which the channel is closed; 5.0: Server Keep Alive
 * @param sessionExpiry    Session Expiry Interval to announce in seconds (5.0)
 * @param assignedClientId Assigned Client Identifier (5.0)
 */
public record ConnackOptions(boolean sessionPresent, int keepAlive, OptionalLong sessionExpiry,
        Optional<String> assignedClientId) {
}
