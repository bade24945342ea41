package io.thingport.web.rest;

import io.thingport.platform.devicelog.Trace;
import io.thingport.web.DashedName;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a device is being traced. */
@Schema(name = "Trace")
public record TraceAnswer(String level, boolean payloads, @Schema(description = "When it ends by itself") Instant until) {

    static TraceAnswer of(Trace trace) {
        return new TraceAnswer(DashedName.of(trace.level()), trace.payloads(), trace.until());
    }
}
