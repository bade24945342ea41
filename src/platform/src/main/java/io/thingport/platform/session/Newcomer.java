package io.thingport.platform.session;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.access.Admission;
import io.thingport.platform.access.Applicant;
import io.thingport.platform.access.Bearer;
import io.thingport.platform.access.Claim;
import io.thingport.platform.access.RegistrationClaim;
import io.thingport.platform.registry.Fingerprint;
import java.util.Optional;

/**
 * Who has sent a CONNECT, as far as that is known when it is refused.
 *
 * @param name        for the server's log
 * @param device      the device it is, or claims to be; empty when it names none
 * @param proven      whether it has proven to be that
 * @param connect     the packet, if it is one of a device
 * @param certificate what it has shown, if that is valid at this time
 */
record Newcomer(String name, Optional<DeviceKey> device, boolean proven, Optional<Connect> connect,
        Optional<Fingerprint> certificate) {

    /** One of whom nothing is known but the packet. */
    static Newcomer of(Connect connect) {
        return new Newcomer(connect.userName().orElse(""), Admission.claimed(connect), false, Optional.of(connect),
                Optional.empty());
    }

    /** One whose packet is in order. */
    static Newcomer of(Applicant who) {
        return who instanceof Claim claim ? of(claim, false)
                : new Newcomer(who.name(), Optional.empty(), false, Optional.of(((Bearer) who).connect()),
                        Optional.of(((Bearer) who).certificate()));
    }

    static Newcomer of(RegistrationClaim claim) {
        return new Newcomer(claim.request().device().toString(), Optional.of(claim.request().device()), false,
                Optional.of(claim.connect()), Optional.empty());
    }

    /** A device that has proven who it is. */
    static Newcomer proven(Claim claim) {
        return of(claim, true);
    }

    /** An application that connects as devices do. */
    static Newcomer dashboard(String name) {
        return new Newcomer(name, Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    private static Newcomer of(Claim claim, boolean proven) {
        return new Newcomer(claim.name(), Optional.of(claim.device()), proven, Optional.of(claim.connect()),
                claim.certificate());
    }
}
