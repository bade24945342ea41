package io.thingport.web.rest;

import io.thingport.platform.audit.AuditEntry;
import io.thingport.platform.registry.Page;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the audit trail, newest first. */
@Schema(name = "AuditEntries", requiredProperties = "items")
public record AuditEntriesAnswer(List<AuditEntryAnswer> items,
        @Schema(description = "Ask with after=… for what follows; absent at the end") Optional<String> next) {

    static AuditEntriesAnswer of(Page<AuditEntry> page) {
        return new AuditEntriesAnswer(page.items().stream().map(AuditEntryAnswer::of).toList(), page.next());
    }
}
