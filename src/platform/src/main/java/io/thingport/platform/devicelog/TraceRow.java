package io.thingport.platform.devicelog;

import io.thingport.mqtt.DeviceKey;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

@Entity
@Table(name = "device_trace")
class TraceRow {

    @EmbeddedId
    private Id id;

    @Enumerated(EnumType.STRING)
    @Column(name = "log_level", nullable = false, columnDefinition = "varchar(8)")
    private LogLevel level;

    @Column(name = "payloads", nullable = false)
    private boolean payloads;

    @Column(name = "ends_at", nullable = false)
    private Instant endsAt;

    /** The device. */
    @Embeddable
    static class Id implements Serializable {

        private static final long serialVersionUID = 1;

        @Column(name = "product_key")
        private String productKey;

        @Column(name = "device_name")
        private String deviceName;

        protected Id() {
        }

        Id(DeviceKey device) {
            this.productKey = device.productKey();
            this.deviceName = device.deviceName();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && id.productKey.equals(productKey) && id.deviceName.equals(deviceName);
        }

        @Override
        public int hashCode() {
            return Objects.hash(productKey, deviceName);
        }
    }

    protected TraceRow() {
    }

    TraceRow(DeviceKey device, Trace trace) {
        this.id = new Id(device);
        this.level = trace.level();
        this.payloads = trace.payloads();
        this.endsAt = trace.until();
    }

    DeviceKey device() {
        return new DeviceKey(id.productKey, id.deviceName);
    }

    Trace toTrace() {
        return new Trace(level, payloads, endsAt);
    }
}
