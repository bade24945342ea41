package io.thingport.platform.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** Written once, never changed. */
@Entity
@Table(name = "audit")
class AuditRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "audit_id")
    @SequenceGenerator(name = "audit_id", sequenceName = "audit_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "happened_at", nullable = false, updatable = false)
    private Instant happenedAt;

    @Column(name = "caller", nullable = false, updatable = false)
    private String caller;

    @Column(name = "address", nullable = false, updatable = false)
    private String address;

    @Enumerated(EnumType.STRING)
    @Column(name = "door", nullable = false, updatable = false, columnDefinition = "varchar(16)")
    private Door door;

    @Column(name = "action", nullable = false, updatable = false)
    private String action;

    @Column(name = "product_key", updatable = false)
    private String productKey;

    @Column(name = "device_name", updatable = false)
    private String deviceName;

    @Column(name = "object_id", updatable = false)
    private String objectId;

    @Enumerated(EnumType.STRING)
    @Column(name = "outcome", nullable = false, updatable = false, columnDefinition = "varchar(16)")
    private AuditEntry.Outcome outcome;

    protected AuditRow() {
    }

    AuditRow(AuditEntry entry) {
        this.happenedAt = entry.when();
        this.caller = entry.actor().caller();
        this.address = entry.actor().address();
        this.door = entry.actor().door();
        this.action = entry.action();
        this.productKey = entry.subject().productKey().orElse(null);
        this.deviceName = entry.subject().deviceName().orElse(null);
        this.objectId = entry.subject().id().orElse(null);
        this.outcome = entry.outcome();
    }

    long id() {
        return id;
    }

    AuditEntry toEntry() {
        return new AuditEntry(happenedAt, new Actor(caller, address, door), action,
                new Subject(Optional.ofNullable(productKey), Optional.ofNullable(deviceName), Optional.ofNullable(objectId)),
                outcome);
    }
}
