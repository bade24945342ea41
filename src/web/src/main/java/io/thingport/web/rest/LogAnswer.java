package io.thingport.web.rest;

import io.thingport.platform.devicelog.LogLine;
import io.thingport.platform.registry.Page;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the device log, newest first. */
@Schema(name = "Log", requiredProperties = "items")
public record LogAnswer(List<LogEntryAnswer> items,
        @Schema(description = "Ask with after=… for what follows; absent at the end") Optional<String> next) {

    static LogAnswer of(Page<LogLine> page) {
        return new LogAnswer(page.items().stream().map(LogEntryAnswer::of).toList(), page.next());
    }
}
