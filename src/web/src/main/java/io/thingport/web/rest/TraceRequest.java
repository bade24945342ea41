package io.thingport.web.rest;

import io.thingport.platform.devicelog.LogLevel;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a device is to be traced for a while. */
@Schema(name = "TraceRequest")
public record TraceRequest(
        @Schema(description = "How much goes into the device log of it", defaultValue = "messages",
                enumeration = {"off", "failures", "events", "messages"}) Optional<String> level,
        @Schema(description = "Whether the first 4 KiB of each payload goes with its entry", defaultValue = "false")
        Optional<Boolean> payloads,
        @Schema(description = "For how long", minimum = "1", maximum = "86400", defaultValue = "900")
        Optional<Integer> seconds) {

    private static final int SECONDS_DEFAULT = 900;

    /** @throws io.thingport.web.problem.ProblemException when there is no such level */
    LogLevel logLevel() {
        return level.map(LogLevelFields::parse).orElse(LogLevel.MESSAGES);
    }

    boolean withPayloads() {
        return payloads.orElse(false);
    }

    Duration time() {
        return Duration.ofSeconds(seconds.orElse(SECONDS_DEFAULT));
    }
}
