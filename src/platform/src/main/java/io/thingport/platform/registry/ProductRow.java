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
import org.hibernate.annotations.DynamicUpdate;

/** A flush writes only what its caller changed: secrets are sealed anew beside it. */
@Entity
@DynamicUpdate
@Table(name = "product")
class ProductRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "product_id")
    @SequenceGenerator(name = "product_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "product_key", nullable = false, updatable = false)
    private String productKey;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "description")
    private String description;

    @Column(name = "secret")
    private String secret; // null only until the first start with this column is over

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "classes_version", nullable = false)
    private long classesVersion;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected ProductRow() {
    }

    ProductRow(String productKey, String name, Optional<String> description, String sealedSecret, Instant createdAt) {
        this.productKey = productKey;
        this.secret = sealedSecret;
        this.createdAt = createdAt;
        rename(name);
        describe(description);
    }

    void rename(String newName) {
        name = newName;
    }

    void describe(Optional<String> newDescription) {
        description = newDescription.orElse(null);
    }

    String sealedSecret() {
        return secret;
    }

    void seal(String sealedSecret) {
        secret = sealedSecret;
    }

    void classesChanged() {
        classesVersion++;
    }

    long id() {
        return id;
    }

    String productKey() {
        return productKey;
    }

    long classesVersion() {
        return classesVersion;
    }

    Product toProduct() {
        return new Product(productKey, name, Optional.ofNullable(description), createdAt);
    }
}
