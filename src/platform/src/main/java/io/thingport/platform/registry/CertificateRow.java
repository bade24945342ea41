package io.thingport.platform.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;

@Entity
@Table(name = "device_certificate")
class CertificateRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "certificate_id")
    @SequenceGenerator(name = "certificate_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "device_id", nullable = false, updatable = false)
    private long deviceId;

    @Column(name = "fingerprint", nullable = false, updatable = false)
    private String fingerprint;

    @Column(name = "serial_number", nullable = false, updatable = false)
    private String serialNumber;

    @Column(name = "subject", nullable = false, updatable = false)
    private String subject;

    @Column(name = "not_before", nullable = false, updatable = false)
    private Instant notBefore;

    @Column(name = "not_after", nullable = false, updatable = false)
    private Instant notAfter;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected CertificateRow() {
    }

    CertificateRow(long deviceId, DeviceCertificate certificate) {
        this.deviceId = deviceId;
        this.fingerprint = certificate.fingerprint().hex();
        this.serialNumber = certificate.serialNumber();
        this.subject = certificate.subject();
        this.notBefore = certificate.notBefore();
        this.notAfter = certificate.notAfter();
        this.createdAt = certificate.createdAt();
    }

    /** Revokes it; the first time counts. */
    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    DeviceCertificate toCertificate() {
        return new DeviceCertificate(new Fingerprint(fingerprint), serialNumber, subject, notBefore, notAfter, createdAt,
                Optional.ofNullable(revokedAt));
    }
}
