package io.thingport.platform.registry;

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
import java.util.Optional;

@Entity
@Table(name = "topic_class")
class TopicClassRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "topic_class_id")
    @SequenceGenerator(name = "topic_class_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "product_id", nullable = false, updatable = false)
    private long productId;

    @Column(name = "suffix", nullable = false)
    private String suffix;

    @Enumerated(EnumType.STRING)
    @Column(name = "operation", nullable = false, columnDefinition = "varchar(3)")
    private Operation operation;

    @Column(name = "description")
    private String description;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected TopicClassRow() {
    }

    TopicClassRow(long productId, String suffix, Operation operation, Optional<String> description) {
        this.productId = productId;
        change(suffix, operation, description);
    }

    final void change(String newSuffix, Operation newOperation, Optional<String> newDescription) {
        suffix = newSuffix;
        operation = newOperation;
        description = newDescription.orElse(null);
    }

    TopicClass toTopicClass() {
        return new TopicClass(id, suffix, operation, Optional.ofNullable(description));
    }
}
