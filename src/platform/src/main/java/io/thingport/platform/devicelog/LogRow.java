package io.thingport.platform.devicelog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Written by {@link LogTable} alone. */
@Entity
@Table(name = "device_log")
class LogRow {

    @Id
    @Column(name = "id")
    private long id;

    @Column(name = "at", nullable = false)
    private long at;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind", nullable = false)
    private LogKind kind;

    @Column(name = "failed", nullable = false)
    private boolean failed;

    @Column(name = "code", nullable = false)
    private int code;

    @Column(name = "product_key")
    private String productKey;

    @Column(name = "device_name")
    private String deviceName;

    @Column(name = "address")
    private String address;

    @Column(name = "reason")
    private String reason;

    @Column(name = "topic")
    private String topic;

    @Column(name = "qos")
    private Integer qos;

    @Column(name = "payload_size")
    private Integer payloadSize;

    @Column(name = "message_id")
    private Long messageId;

    @Column(name = "packet_id")
    private Integer packetId;

    @Column(name = "duration_millis")
    private Long durationMillis;

    @Column(name = "user_properties")
    private String userProperties;

    @Column(name = "details")
    private String details;

    @Column(name = "payload")
    private byte[] payload;

    protected LogRow() {
    }

    long id() {
        return id;
    }

    LogLine toLine() {
        return new LogLine(id, new LogEntry(at, kind, Optional.ofNullable(productKey), Optional.ofNullable(deviceName),
                Optional.ofNullable(address), code, Optional.ofNullable(reason), Optional.ofNullable(topic), number(qos),
                number(payloadSize), messageId == null ? OptionalLong.empty() : OptionalLong.of(messageId), number(packetId),
                Optional.ofNullable(durationMillis).map(Duration::ofMillis), Pairs.read(Optional.ofNullable(userProperties)),
                Pairs.read(Optional.ofNullable(details)), Optional.ofNullable(payload)));
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
