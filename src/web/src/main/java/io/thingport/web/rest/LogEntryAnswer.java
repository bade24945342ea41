package io.thingport.web.rest;

import io.thingport.mqtt.UserProperty;
import io.thingport.platform.devicelog.LogEntry;
import io.thingport.platform.devicelog.LogLine;
import io.thingport.web.DashedName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of the device log. What it does not tell of is absent. */
@Schema(name = "LogEntry", requiredProperties = {"id", "time", "kind", "outcome", "code"})
public record LogEntryAnswer(
        @Schema(description = "Rises from entry to entry") String id,
        @Schema(description = "In UTC, with milliseconds", example = "2026-11-23T08:30:00.125Z") String time,
        @Schema(enumeration = {"connect", "disconnect", "subscribe", "unsubscribe", "publish-up", "publish-down", "rrpc",
            "drop"}) String kind,
        @Schema(enumeration = {"success", "failure"}) String outcome,
        @Schema(description = "200 for success") int code,
        Optional<String> reason,
        @Schema(description = "As the client claimed it, so it may be none of yours") Optional<String> productKey,
        Optional<String> deviceName,
        @Schema(description = "Where the client came from") Optional<String> address,
        Optional<String> topic, OptionalInt qos,
        @Schema(description = "Of the payload, in bytes") OptionalInt size,
        Optional<String> messageId, OptionalInt packetId, OptionalLong durationMillis,
        Optional<List<LogProperty>> userProperties,
        @Schema(description = "What else is known, by name") Map<String, String> details,
        @Schema(description = "Where it was switched on, as text") Optional<String> payload,
        @Schema(description = "Where it was switched on and is no text") Optional<String> payloadBase64) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** A User Property as its sender gave it. */
    @Schema(name = "LogProperty", requiredProperties = {"key", "value"})
    public record LogProperty(String key, String value) {
        static LogProperty of(UserProperty property) {
            return new LogProperty(property.key(), property.value());
        }
    }

    static LogEntryAnswer of(LogLine line) {
        LogEntry entry = line.entry();
        Map<String, String> details = new LinkedHashMap<>();
        entry.details().forEach(detail -> details.put(detail.key(), detail.value()));
        Optional<String> text = entry.payload().flatMap(PayloadFields::text);
        return new LogEntryAnswer(Long.toString(line.id()), TIME.format(Instant.ofEpochMilli(entry.millis())),
                DashedName.of(entry.kind()), entry.isFailure() ? "failure" : "success", entry.code(), entry.reason(),
                entry.productKey(), entry.deviceName(), entry.address(), entry.topic(), entry.qos(), entry.size(),
                entry.messageId().isPresent() ? Optional.of(Long.toString(entry.messageId().getAsLong())) : Optional.empty(),
                entry.packetId(),
                entry.duration().map(Duration::toMillis).map(OptionalLong::of).orElse(OptionalLong.empty()),
                Optional.of(entry.userProperties().stream().map(LogProperty::of).toList()).filter(list -> !list.isEmpty()),
                details, text, text.isPresent() ? Optional.empty() : entry.payload().map(PayloadFields::base64));
    }
}
