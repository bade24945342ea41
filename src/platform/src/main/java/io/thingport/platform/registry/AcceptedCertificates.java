package io.thingport.platform.registry;

import java.util.Set;

/**
 * The certificates by which a device may connect.
 *
 * @param needed       whether it connects with one of them and no other way
 * @param fingerprints of those that are not revoked; none unless needed
 */
public record AcceptedCertificates(boolean needed, Set<Fingerprint> fingerprints) {

    /** The device connects with its secret. */
    public static final AcceptedCertificates NONE = new AcceptedCertificates(false, Set.of());

    public AcceptedCertificates {
        fingerprints = Set.copyOf(fingerprints);
    }
}
