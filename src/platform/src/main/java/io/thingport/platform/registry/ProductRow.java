package io.thingport.platform.registry;

import io.thingport.platform.limits.ProductRates;
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
import java.util.OptionalInt;
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

    @Column(name = "rate_publishes_qos0")
    private Integer publishesQos0; // each of these is null where the server's holds

    @Column(name = "rate_publishes_qos1")
    private Integer publishesQos1;

    @Column(name = "rate_messages")
    private Integer messages;

    @Column(name = "rate_bandwidth")
    private Integer bandwidth;

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

    void limit(ProductRates rates) {
        publishesQos0 = orNull(rates.publishesQos0());
        publishesQos1 = orNull(rates.publishesQos1());
        messages = orNull(rates.messages());
        bandwidth = orNull(rates.bandwidth());
    }

    ProductRates rates() {
        return new ProductRates(orEmpty(publishesQos0), orEmpty(publishesQos1), orEmpty(messages), orEmpty(bandwidth));
    }

    private static Integer orNull(OptionalInt rate) {
        return rate.isPresent() ? rate.getAsInt() : null;
    }

    private static OptionalInt orEmpty(Integer rate) {
        return rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
    }

    void accessChanged() {
        classesVersion++;
    }

    long id() {
        return id;
    }

    String productKey() {
        return productKey;
    }

    /** Of the topic classes and the rates. */
    long classesVersion() {
        return classesVersion;
    }

    Product toProduct() {
        return new Product(productKey, name, Optional.ofNullable(description), createdAt, rates());
    }
}
