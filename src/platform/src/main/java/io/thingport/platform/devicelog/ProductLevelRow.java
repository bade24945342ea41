package io.thingport.platform.devicelog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Of a product where not the server's level holds. */
@Entity
@Table(name = "product_log_level")
class ProductLevelRow {

    @Id
    @Column(name = "product_key")
    private String productKey;

    @Enumerated(EnumType.STRING)
    @Column(name = "log_level", nullable = false, columnDefinition = "varchar(8)")
    private LogLevel level;

    protected ProductLevelRow() {
    }

    ProductLevelRow(String productKey, LogLevel level) {
        this.productKey = productKey;
        this.level = level;
    }

    String productKey() {
        return productKey;
    }

    LogLevel level() {
        return level;
    }
}
