package io.thingport.platform.access;

import io.thingport.mqtt.Connect;

/**
 * A CONNECT that is in order and asks for a registration instead of a session.
 *
 * @param request what it asks for
 * @param id      its client identifier
 * @param connect the packet
 */
public record RegistrationClaim(RegistrationRequest request, ClientIdentifier id, Connect connect)
        implements Admission.Examination {

    /** Names no credential. */
    @Override
    public String toString() {
        return "RegistrationClaim[" + request + "]";
    }
}
