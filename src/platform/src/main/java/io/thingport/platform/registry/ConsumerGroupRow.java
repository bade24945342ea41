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

@Entity
@Table(name = "consumer_group")
class ConsumerGroupRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "consumer_group_row_id")
    @SequenceGenerator(name = "consumer_group_row_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "group_id", nullable = false, updatable = false)
    private String groupId;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected ConsumerGroupRow() {
    }

    ConsumerGroupRow(String groupId, String name, Instant createdAt) {
        this.groupId = groupId;
        this.name = name;
        this.createdAt = createdAt;
    }

    void rename(String newName) {
        name = newName;
    }

    long id() {
        return id;
    }

    ConsumerGroup toConsumerGroup() {
        return new ConsumerGroup(groupId, name, createdAt);
    }
}
