package io.thingport.platform.registry;

import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
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

    @Enumerated(EnumType.STRING)
    @Column(name = "dynamic_registration", nullable = false, columnDefinition = "varchar(20)")
    private DynamicRegistration dynamicRegistration = DynamicRegistration.OFF;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "classes_version", nullable = false)
    private long classesVersion;

    @Enumerated(EnumType.STRING)
    @Column(name = "authentication", nullable = false, updatable = false, columnDefinition = "varchar(8)")
    private Authentication authentication;

    @Column(name = "rate_publishes_qos0")
    private Integer publishesQos0; // each of these is null where the server's holds

    @Column(name = "rate_publishes_qos1")
    private Integer publishesQos1;

    @Column(name = "rate_messages")
    private Integer messages;

    @Column(name = "rate_bandwidth")
    private Integer bandwidth;

    @Enumerated(EnumType.STRING)
    @Column(name = "node_type", nullable = false, updatable = false, columnDefinition = "varchar(8)")
    private ProductTraits.NodeType nodeType;

    @Enumerated(EnumType.STRING)
    @Column(name = "data_format", nullable = false, updatable = false, columnDefinition = "varchar(10)")
    private ProductTraits.DataFormat dataFormat;

    @Enumerated(EnumType.STRING)
    @Column(name = "net_type", updatable = false, columnDefinition = "varchar(8)")
    private ProductTraits.NetType netType;

    @Column(name = "protocol_type", updatable = false)
    private String protocolType;

    @Column(name = "validate_type", updatable = false)
    private Integer validateType;

    @Column(name = "thing_model", nullable = false, updatable = false)
    private boolean thingModel;

    @Column(name = "subscription_kinds")
    private String subscriptionKinds; // null when there is no subscription

    @ElementCollection
    @CollectionTable(name = "product_group", joinColumns = @JoinColumn(name = "product_id"))
    @Column(name = "group_id", nullable = false)
    private Set<String> groups = new HashSet<>(); // read where it is asked for only

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected ProductRow() {
    }

    ProductRow(String productKey, String name, Optional<String> description, String sealedSecret,
            Authentication authentication, ProductTraits traits, Instant createdAt) {
        this.productKey = productKey;
        this.nodeType = traits.nodeType();
        this.dataFormat = traits.dataFormat();
        this.netType = traits.netType().orElse(null);
        this.protocolType = traits.protocolType().orElse(null);
        this.validateType = traits.validateType().orElse(null);
        this.thingModel = traits.thingModel();
        this.authentication = authentication;
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

    DynamicRegistration dynamicRegistration() {
        return dynamicRegistration;
    }

    void permit(DynamicRegistration newDynamicRegistration) {
        dynamicRegistration = newDynamicRegistration;
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

    void subscribe(ProductSubscription subscription) {
        subscriptionKinds = subscription.kinds().isEmpty() ? null
                : EnumSet.copyOf(subscription.kinds()).stream().map(Enum::name).collect(Collectors.joining(","));
        groups.retainAll(subscription.groups());
        groups.addAll(subscription.groups());
    }

    /** The groups are read from the database. */
    ProductSubscription subscription() {
        return subscriptionKinds == null ? ProductSubscription.NONE : subscription(groups.stream().sorted().toList());
    }

    ProductSubscription subscription(List<String> itsGroups) {
        return subscriptionKinds == null ? ProductSubscription.NONE
                : new ProductSubscription(Arrays.stream(subscriptionKinds.split(",")).map(UpstreamKind::valueOf)
                        .collect(Collectors.toSet()), itsGroups);
    }

    void accessChanged() {
        classesVersion++;
    }

    Authentication authentication() {
        return authentication;
    }

    long id() {
        return id;
    }

    String productKey() {
        return productKey;
    }

    /** Reads the topic classes, in the order of their creation. */
    List<TopicClass> topicClasses(EntityManager entities) {
        return entities
                .createQuery("select c from TopicClassRow c where c.productId = :product order by c.id",
                        TopicClassRow.class)
                .setParameter("product", id)
                .getResultStream().map(TopicClassRow::toTopicClass).toList();
    }

    /** Of the topic classes, the rates and the subscription. */
    long classesVersion() {
        return classesVersion;
    }

    ProductTraits traits() {
        return new ProductTraits(nodeType, dataFormat, Optional.ofNullable(netType), Optional.ofNullable(protocolType),
                Optional.ofNullable(validateType), thingModel);
    }

    Product toProduct() {
        return new Product(productKey, name, Optional.ofNullable(description), createdAt, rates(),
                dynamicRegistration, authentication);
    }
}
