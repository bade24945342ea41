package io.thingport.web.rest;

import io.thingport.platform.audit.AuditEntry;
import io.thingport.web.DashedName;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One entry of the audit trail. */
@Schema(name = "AuditEntry", requiredProperties = {"when", "caller", "door", "action", "outcome"})
public record AuditEntryAnswer(Instant when,
        @Schema(description = "Id of the access key, subject of the token, or server for the server itself") String caller,
        @Schema(description = "Where the caller was") Optional<String> address,
        @Schema(description = "By which way", enumeration = {"rest", "vendor-api", "server"}) String door,
        @Schema(description = "device.delete; of what was refused, the request") String action,
        Optional<String> productKey, Optional<String> deviceName,
        @Schema(description = "Of what is neither a product nor a device") Optional<String> id,
        @Schema(enumeration = {"done", "refused"}) String outcome) {

    static AuditEntryAnswer of(AuditEntry entry) {
        return new AuditEntryAnswer(entry.when(), entry.actor().caller(),
                Optional.of(entry.actor().address()).filter(address -> !address.isEmpty()),
                DashedName.of(entry.actor().door()), entry.action(), entry.subject().productKey(),
                entry.subject().deviceName(), entry.subject().id(), DashedName.of(entry.outcome()));
    }
}
