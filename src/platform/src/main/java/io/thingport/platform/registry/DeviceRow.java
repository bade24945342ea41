package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.DeviceNotices;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;

/**
 * The times and the address are the {@link StatusStore}'s to write, never a flush's: a flush would write old ones. Nor does
 * a flush write what its caller did not change: secrets are sealed anew beside it.
 */
@Entity
@DynamicUpdate
@Table(name = "device")
class DeviceRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "device_id")
    @SequenceGenerator(name = "device_id", sequenceName = "registry_id", allocationSize = 20)
    @Column(name = "id")
    private long id;

    @Column(name = "product_key", nullable = false, updatable = false)
    private String productKey;

    @Column(name = "device_name", nullable = false, updatable = false)
    private String deviceName;

    @Column(name = "iot_id", nullable = false, updatable = false)
    private String iotId;

    @Column(name = "nickname")
    private String nickname;

    @Column(name = "secret", nullable = false)
    private String secret;

    @Column(name = "previous_secret")
    private String previousSecret;

    @Column(name = "previous_valid_until")
    private Instant previousValidUntil;

    @Column(name = "enabled", nullable = false)
    private boolean enabled;

    @Column(name = "by_token", nullable = false)
    private boolean byToken;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "activated_at", insertable = false, updatable = false)
    private Instant activatedAt;

    @Column(name = "last_online", insertable = false, updatable = false)
    private Instant lastOnline;

    @Column(name = "last_offline", insertable = false, updatable = false)
    private Instant lastOffline;

    @Column(name = "last_address", insertable = false, updatable = false)
    private String lastAddress;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    protected DeviceRow() {
    }

    DeviceRow(DeviceKey key, String iotId, Optional<String> nickname, String sealedSecret, Instant createdAt) {
        this.productKey = key.productKey();
        this.deviceName = key.deviceName();
        this.iotId = iotId;
        this.nickname = nickname.orElse(null);
        this.secret = sealedSecret;
        this.enabled = true;
        this.createdAt = createdAt;
    }

    boolean enabled() {
        return enabled;
    }

    /** Whether it has connected; written a moment after it has. */
    boolean activated() {
        return activatedAt != null;
    }

    /** Whether physical devices have, or had, tokens under its name. */
    boolean isByToken() {
        return byToken;
    }

    void byToken(boolean newByToken) {
        byToken = newByToken;
    }

    void nickname(Optional<String> newNickname) {
        nickname = newNickname.orElse(null);
    }

    void enable(boolean newEnabled) {
        enabled = newEnabled;
    }

    /** @param graceEnd until when the old secret is valid, too; empty when it is not */
    void replaceSecret(String sealedSecret, Optional<Instant> graceEnd) {
        previousSecret = graceEnd.isPresent() ? secret : null;
        previousValidUntil = graceEnd.orElse(null);
        secret = sealedSecret;
    }

    void dropPreviousSecret() {
        previousSecret = null;
        previousValidUntil = null;
    }

    DeviceKey key() {
        return new DeviceKey(productKey, deviceName);
    }

    long id() {
        return id;
    }

    String sealedSecret() {
        return secret;
    }

    /** What is to be told of this device, if there are consumer groups that want to know. */
    Optional<DeviceLife> life(ProductSubscription subscription, DeviceNotices.Action action, Optional<Secret> plainSecret,
            Instant when) {
        List<String> groups = subscription.groups(UpstreamKind.LIFECYCLE);
        return groups.isEmpty() ? Optional.empty()
                : Optional.of(new DeviceLife(new DeviceNotices.About(key(), iotId, groups),
                        action, plainSecret, when));
    }

    Device toDevice() {
        return new Device(key(), iotId, Optional.ofNullable(nickname), enabled,
                createdAt, Optional.ofNullable(activatedAt), Optional.ofNullable(lastOnline),
                Optional.ofNullable(lastOffline), Optional.ofNullable(lastAddress));
    }
}
