package io.thingport.web.rest;

import io.thingport.platform.registry.DeviceCertificate;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A certificate that stands for a device, or did. */
@Schema(name = "Certificate", requiredProperties = {"fingerprint", "serialNumber", "subject", "notBefore", "notAfter",
        "createdAt"})
public record CertificateAnswer(@Schema(description = "SHA-256, 64 hexadecimal digits") String fingerprint,
        @Schema(description = "In hexadecimal digits") String serialNumber, String subject, Instant notBefore,
        Instant notAfter, Instant createdAt,
        @Schema(description = "Absent while it stands for the device") Optional<Instant> revokedAt) {

    static CertificateAnswer of(DeviceCertificate c) {
        return new CertificateAnswer(c.fingerprint().hex(), c.serialNumber(), c.subject(), c.notBefore(), c.notAfter(),
                c.createdAt(), c.revokedAt());
    }
}
