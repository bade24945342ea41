package io.thingport.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A well-formed CONNECT.
 *
 * @param version               the protocol version
 * @param clientId              the whole client identifier, possibly empty
 * @param userName              the user name, if its flag was set
 * @param password              the password, if its flag was set; not copied
 * @param keepAlive             seconds, 0 = none asked for
 * @param cleanStart            Clean Start, Clean Session in 3.x
 * @param sessionExpiry         Session Expiry Interval in seconds, if given (5.0)
 * @param receiveMaximum        Receive Maximum, 1 to 65,535, which is also what it is when none was given (5.0)
 * @param will                  whether a will was given; it is never published
 * @param authenticationMethod  Authentication Method, if given (5.0)
 * @param userProperties        User Properties (5.0)
 */
public record Connect(MqttVersion version, String clientId, Optional<String> userName, Optional<byte[]> password,
        int keepAlive, boolean cleanStart, OptionalLong sessionExpiry, int receiveMaximum, boolean will,
        Optional<String> authenticationMethod, List<UserProperty> userProperties) {

    public Connect {
        userProperties = List.copyOf(userProperties);
    }

    /** Names no credential. */
    @Override
    public String toString() {
        return "Connect[" + version + ", " + clientId + "]";
    }
}
