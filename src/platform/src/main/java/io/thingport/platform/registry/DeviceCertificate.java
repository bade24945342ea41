package io.thingport.platform.registry;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate that stands for a device.
 *
 * @param serialNumber in hexadecimal digits, as its issuer knows it
 * @param subject      as in RFC 2253
 * @param notBefore    it is valid from here
 * @param notAfter     to here
 * @param revokedAt    since when it stands for nobody any more
 */
public record DeviceCertificate(Fingerprint fingerprint, String serialNumber, String subject, Instant notBefore,
        Instant notAfter, Instant createdAt, Optional<Instant> revokedAt) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.id(fingerprint.hex());
    }
}
