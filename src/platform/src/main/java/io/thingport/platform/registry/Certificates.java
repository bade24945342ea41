package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.RegistryChange.Kind;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of devices: each stands for one device, and a device may have several, one after the other. Every
 * method may throw {@link RegistryException}; calls block on the database. Changes of one device's certificates take place
 * one after the other: each holds a lock on the device's row.
 */
@Stateless
public class Certificates {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private Clock clock;
    @Inject
    private Event<DeviceChange> changes;

    /** For the container. */
    public Certificates() {
    }

    Certificates(EntityManager entities, Clock clock, Event<DeviceChange> changes) {
        this.entities = entities;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * Registers a certificate for a device, whose product has to be of {@link Authentication#X509}.
     *
     * @param pem one certificate; that it was issued by an authority the server trusts shows when the device connects
     */
    @Audited("certificate.create")
    public DeviceCertificate register(DeviceKey device, String pem) {
        Instant now = now();
        X509Certificate given = CertificateText.read(pem, now);
        DeviceRow row = find(device, LockModeType.PESSIMISTIC_WRITE);
        if (authentication(device) != Authentication.X509) {
            throw new RegistryException(RegistryProblem.NOT_BY_CERTIFICATE,
                    "the devices of the product connect with their secrets");
        }
        if (list(row).size() >= RegistryRules.CERTIFICATES_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_CERTIFICATES, "the device has "
                    + RegistryRules.CERTIFICATES_MAXIMUM + " certificates, no more are allowed; delete one");
        }
        CertificateRow certificate = new CertificateRow(row.id(), new DeviceCertificate(Fingerprint.of(given),
                CertificateText.serialNumber(given), CertificateText.subject(given),
                given.getNotBefore().toInstant(), given.getNotAfter().toInstant(), now, Optional.empty()));
        entities.persist(certificate);
        changed(device, Kind.CERTIFICATE_ADDED);
        return certificate.toCertificate();
    }

    /** The certificates of a device, also those that are revoked, in the order of their registration. At most 10. */
    public List<DeviceCertificate> list(DeviceKey device) {
        return list(find(device, LockModeType.NONE)).stream().map(CertificateRow::toCertificate).toList();
    }

    /** Ends a certificate's time for ever, and the device's connection. Repeating is harmless. */
    @Audited("certificate.revoke")
    public DeviceCertificate revoke(DeviceKey device, @Audited.Id Fingerprint fingerprint) {
        CertificateRow certificate = find(find(device, LockModeType.PESSIMISTIC_WRITE), fingerprint);
        certificate.revoke(now());
        changed(device, Kind.CERTIFICATE_WITHDRAWN);
        return certificate.toCertificate();
    }

    /** Forgets a certificate, which also ends the device's connection; it may be registered again. */
    @Audited("certificate.delete")
    public void delete(DeviceKey device, @Audited.Id Fingerprint fingerprint) {
        entities.remove(find(find(device, LockModeType.PESSIMISTIC_WRITE), fingerprint));
        changed(device, Kind.CERTIFICATE_WITHDRAWN);
    }

    private List<CertificateRow> list(DeviceRow device) {
        return entities.createQuery("select c from CertificateRow c where c.deviceId = :device order by c.id",
                        CertificateRow.class)
                .setParameter("device", device.id())
                .getResultList();
    }

    private CertificateRow find(DeviceRow device, Fingerprint fingerprint) {
        return entities.createQuery("select c from CertificateRow c where c.deviceId = :device and c.fingerprint = :hex",
                        CertificateRow.class)
                .setParameter("device", device.id())
                .setParameter("hex", fingerprint.hex())
                .getResultStream().findAny()
                .orElseThrow(() -> new RegistryException(RegistryProblem.CERTIFICATE_NOT_FOUND,
                        "the device has no certificate " + fingerprint));
    }

    private DeviceRow find(DeviceKey device, LockModeType lock) {
        return entities
                .createQuery("select d from DeviceRow d where d.productKey = :product and d.deviceName = :name",
                        DeviceRow.class)
                .setParameter("product", device.productKey())
                .setParameter("name", device.deviceName())
                .setLockMode(lock)
                .getResultStream().findAny()
                .orElseThrow(() -> Devices.notFound(device));
    }

    private Authentication authentication(DeviceKey device) {
        return entities.createQuery("select p.authentication from ProductRow p where p.productKey = :key",
                        Authentication.class)
                .setParameter("key", device.productKey())
                .getSingleResult();
    }

    private void changed(DeviceKey device, Kind kind) {
        Flush.changes(entities, Devices.notFound(device));
        changes.fire(new DeviceChange(new RegistryChange(device, kind)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
