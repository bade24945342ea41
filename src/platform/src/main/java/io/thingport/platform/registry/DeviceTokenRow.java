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

/** Changed only while the device's row is locked. The database deletes it with the device. */
@Entity
@Table(name = "device_token")
class DeviceTokenRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "device_token_id")
    @SequenceGenerator(name = "device_token_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "device_id", nullable = false, updatable = false)
    private long deviceId;

    @Column(name = "client_id", nullable = false, updatable = false)
    private String clientId;

    @Column(name = "token_hash", nullable = false, updatable = false)
    private String hash;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "activated_at")
    private Instant activatedAt;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected DeviceTokenRow() {
    }

    DeviceTokenRow(long deviceId, String clientId, String hash, Instant createdAt) {
        this.deviceId = deviceId;
        this.clientId = clientId;
        this.hash = hash;
        this.createdAt = createdAt;
    }

    boolean activated() {
        return activatedAt != null;
    }

    void activate(Instant when) {
        activatedAt = when;
    }

    DeviceToken toToken() {
        return new DeviceToken(clientId, hash, activated());
    }

    IssuedToken toIssued() {
        return new IssuedToken(clientId, createdAt, Optional.ofNullable(activatedAt));
    }
}
