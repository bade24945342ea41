package io.thingport.web.rest;

import io.thingport.platform.transfer.ImportStatus;
import io.thingport.web.DashedName;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far an import is. */
@Schema(name = "Import", requiredProperties = {"id", "state", "startedAt", "percent", "lines", "created", "changed",
    "unchanged", "failed"})
public record ImportAnswer(String id,
        @Schema(enumeration = {"running", "done", "failed", "interrupted"}) String state,
        Instant startedAt, Optional<Instant> endedAt,
        @Schema(description = "Of the file read") int percent,
        @Schema(description = "Lines done, the header not counted: the sum of the four that follow") long lines,
        long created, long changed, long unchanged, long failed,
        @Schema(description = "Why the import failed as a whole") Optional<String> problem) {

    static ImportAnswer of(ImportStatus status) {
        ImportStatus.Counts counts = status.counts();
        return new ImportAnswer(status.id(), DashedName.of(status.state()), status.startedAt(), status.endedAt(),
                status.percent(), counts.lines(), counts.created(), counts.changed(), counts.unchanged(),
                counts.failed(), status.problem());
    }
}
