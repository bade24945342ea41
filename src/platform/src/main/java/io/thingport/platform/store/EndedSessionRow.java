package io.thingport.platform.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A session that is over; the {@link StoreWriter} deletes its messages and then this row. */
@Entity
@Table(name = "ended_session")
class EndedSessionRow {

    @Id
    @Column(name = "session_id")
    private long sessionId;

    protected EndedSessionRow() {
    }

    EndedSessionRow(long sessionId) {
        this.sessionId = sessionId;
    }
}
