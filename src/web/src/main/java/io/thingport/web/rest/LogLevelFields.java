package io.thingport.web.rest;

import io.thingport.platform.devicelog.LogLevel;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How much of a product's devices goes into the device log. */
@Schema(name = "LogLevel")
public record LogLevelFields(
        @Schema(description = "Absent for the server's", enumeration = {"off", "failures", "events", "messages"})
        Optional<String> level) {

    static LogLevelFields of(Optional<LogLevel> level) {
        return new LogLevelFields(level.map(DashedName::of));
    }

    /** @throws ProblemException when there is no such level */
    Optional<LogLevel> logLevel() {
        return level.map(LogLevelFields::parse);
    }

    /** @throws ProblemException when there is no such level */
    static LogLevel parse(String name) {
        return Arrays.stream(LogLevel.values()).filter(level -> DashedName.of(level).equals(name)).findFirst()
                .orElseThrow(() -> ProblemException.invalid("level", "has to be one of "
                        + Arrays.stream(LogLevel.values()).map(DashedName::of).collect(Collectors.joining(", "))));
    }
}
