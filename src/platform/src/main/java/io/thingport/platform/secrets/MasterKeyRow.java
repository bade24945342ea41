package io.thingport.platform.secrets;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The mark of a master key: a known text, sealed with it. */
@Entity
@Table(name = "master_key")
class MasterKeyRow {

    @Id
    @Column(name = "key_version")
    private int keyVersion;

    @Column(name = "mark", nullable = false)
    private String mark;

    protected MasterKeyRow() {
    }

    MasterKeyRow(int keyVersion, String mark) {
        this.keyVersion = keyVersion;
        this.mark = mark;
    }

    int version() {
        return keyVersion;
    }

    String mark() {
        return mark;
    }
}
