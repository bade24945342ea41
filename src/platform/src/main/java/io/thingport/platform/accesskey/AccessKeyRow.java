package io.thingport.platform.accesskey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

@Entity
@Table(name = "access_key")
class AccessKeyRow {

    @Id
    @Column(name = "access_key_id")
    private String accessKeyId;

    @Column(name = "secret", nullable = false)
    private String secret;

    @Column(name = "scopes", nullable = false)
    private String scopes;

    @Column(name = "enabled", nullable = false)
    private boolean enabled;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    protected AccessKeyRow() {
    }

    AccessKeyRow(String accessKeyId, String sealedSecret, Set<Scope> scopes, Instant createdAt) {
        this.accessKeyId = accessKeyId;
        this.secret = sealedSecret;
        this.scopes = scopes.stream().sorted().map(Scope::name).collect(Collectors.joining(","));
        this.enabled = true;
        this.createdAt = createdAt;
    }

    String sealedSecret() {
        return secret;
    }

    boolean enabled() {
        return enabled;
    }

    Caller toCaller() {
        return new Caller(accessKeyId, scopes());
    }

    AccessKey toAccessKey() {
        return new AccessKey(accessKeyId, scopes(), createdAt);
    }

    private Set<Scope> scopes() {
        return Arrays.stream(scopes.split(",")).map(Scope::valueOf).collect(Collectors.toSet());
    }
}
