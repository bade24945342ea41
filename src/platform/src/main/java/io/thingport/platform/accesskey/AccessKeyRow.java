package io.thingport.platform.accesskey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

@Entity
@Table(name = "access_key")
class AccessKeyRow {

    private static final String SEPARATOR = ",";

    @Id
    @Column(name = "access_key_id")
    private String accessKeyId;

    @Column(name = "secret", nullable = false)
    private String secret;

    @Column(name = "previous_secret")
    private String previousSecret;

    @Column(name = "previous_valid_until")
    private Instant previousValidUntil;

    @Column(name = "description", nullable = false)
    private String description;

    @Column(name = "scopes", nullable = false)
    private String scopes;

    @Column(name = "products", nullable = false)
    private String products;

    @Column(name = "rate")
    private Integer rate;

    @Column(name = "enabled", nullable = false)
    private boolean enabled;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "last_used", insertable = false, updatable = false) // written behind, outside the version
    private Instant lastUsed;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected AccessKeyRow() {
    }

    AccessKeyRow(String accessKeyId, String sealedSecret, NewAccessKey key, Instant createdAt) {
        this.accessKeyId = accessKeyId;
        this.secret = sealedSecret;
        this.description = key.description();
        this.enabled = true;
        this.createdAt = createdAt;
        grant(key.scopes(), key.products());
        limit(key.rate());
    }

    String accessKeyId() {
        return accessKeyId;
    }

    String sealedSecret() {
        return secret;
    }

    Optional<String> sealedPrevious() {
        return Optional.ofNullable(previousSecret);
    }

    Optional<Instant> previousValidUntil() {
        return Optional.ofNullable(previousValidUntil);
    }

    boolean enabled() {
        return enabled;
    }

    int version() {
        return version;
    }

    void describe(String text) {
        this.description = text;
    }

    final void grant(Set<Scope> allowed, Set<String> confinedTo) {
        this.scopes = joined(allowed.stream().sorted().map(Scope::name).toList());
        this.products = joined(confinedTo.stream().sorted().toList());
    }

    final void limit(OptionalInt perSecond) {
        this.rate = perSecond.isPresent() ? perSecond.getAsInt() : null;
    }

    void enable(boolean on) {
        this.enabled = on;
    }

    /** @param graceEnd until when the secret that was is valid, too; empty = it is not */
    void replaceSecret(String sealed, Optional<Instant> graceEnd) {
        this.previousSecret = graceEnd.isPresent() ? secret : null;
        this.previousValidUntil = graceEnd.orElse(null);
        this.secret = sealed;
    }

    void dropPreviousSecret() {
        this.previousSecret = null;
        this.previousValidUntil = null;
    }

    Caller toCaller() {
        return new Caller(accessKeyId, scopes(), products(), rate());
    }

    AccessKey toAccessKey() {
        return new AccessKey(accessKeyId, description, scopes(), products(), rate(), enabled, createdAt,
                previousValidUntil(), Optional.ofNullable(lastUsed));
    }

    private Set<Scope> scopes() {
        return Arrays.stream(scopes.split(SEPARATOR)).map(Scope::valueOf).collect(Collectors.toSet());
    }

    private Set<String> products() {
        return products.isEmpty() ? Set.of() : Set.of(products.split(SEPARATOR));
    }

    private OptionalInt rate() {
        return rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
    }

    private static String joined(Collection<String> names) {
        return String.join(SEPARATOR, names);
    }
}
