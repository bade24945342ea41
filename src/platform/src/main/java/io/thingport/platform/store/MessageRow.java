package io.thingport.platform.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Formula;

/** Read in parts, never as a whole; written by the {@link StoreWriter} alone. */
@Entity
@Table(name = "offline_message")
class MessageRow {

    @EmbeddedId
    private Place place;

    @Column(name = "sent", nullable = false)
    private boolean sent;

    @Column(name = "created_at", nullable = false)
    private long createdAt;

    @Column(name = "expires_at", nullable = false)
    private long expiresAt;

    @Column(name = "topic", nullable = false)
    private String topic;

    @Column(name = "payload", nullable = false)
    private byte[] payload;

    /** Read without the payload; the query language has no function for the length of bytes. */
    @Formula("octet_length(payload)")
    private int payloadSize;

    @Column(name = "properties")
    private byte[] properties;

    protected MessageRow() {
    }

    /** Whose message, and the how manieth. */
    @Embeddable
    record Place(@Column(name = "session_id") long sessionId, @Column(name = "number") long number) {
    }
}
