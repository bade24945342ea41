package io.thingport.platform.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Written by the {@link StoreWriter} alone; whoever deletes a device deletes it, too. */
@Entity
@Table(name = "mqtt_session")
class SessionRow {

    @Id
    @Column(name = "device_id")
    private long deviceId;

    @Column(name = "session_id", nullable = false)
    private long sessionId;

    @Column(name = "expiry_seconds", nullable = false)
    private long expirySeconds;

    @Column(name = "expires_at", nullable = false)
    private long expiresAt;

    @Column(name = "run", nullable = false)
    private long run;

    @Column(name = "sent_through", nullable = false)
    private long sentThrough;

    @Column(name = "subscriptions", nullable = false)
    private byte[] subscriptions;

    protected SessionRow() {
    }

    long sessionId() {
        return sessionId;
    }

    SessionState toState() {
        return new SessionState(deviceId, sessionId, expirySeconds, expiresAt, run, sentThrough,
                SubscriptionsCodec.decode(subscriptions));
    }
}
