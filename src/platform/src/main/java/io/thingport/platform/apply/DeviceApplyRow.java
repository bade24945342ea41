package io.thingport.platform.apply;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

@Entity
@Table(name = "device_apply")
class DeviceApplyRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "device_apply_id")
    @SequenceGenerator(name = "device_apply_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "product_key", nullable = false, updatable = false)
    private String productKey;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false, columnDefinition = "varchar(10)")
    private ApplyState state;

    @Column(name = "devices", nullable = false, updatable = false)
    private int devices;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected DeviceApplyRow() {
    }

    DeviceApplyRow(String productKey, ApplyState state, int devices, Instant createdAt) {
        this.productKey = productKey;
        this.state = state;
        this.devices = devices;
        this.createdAt = createdAt;
    }

    long id() {
        return id;
    }

    ApplyState state() {
        return state;
    }

    void state(ApplyState newState) {
        state = newState;
    }

    String productKey() {
        return productKey;
    }

    DeviceApply toApply() {
        return new DeviceApply(id, productKey, state, devices, createdAt);
    }
}
