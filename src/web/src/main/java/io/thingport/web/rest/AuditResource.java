package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.audit.AuditFilter;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.web.problem.FieldErrors;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit trail. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "audit")
public class AuditResource {

    @Inject
    private AuditTrail trail;

    @GET
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Read who changed what, newest first")
    public AuditEntriesAnswer list(
            @Parameter(description = "From this time on",
                    schema = @Schema(type = SchemaType.STRING, format = "date-time"))
            @QueryParam("from") Optional<String> from,
            @Parameter(description = "Before this time",
                    schema = @Schema(type = SchemaType.STRING, format = "date-time"))
            @QueryParam("to") Optional<String> to,
            @Parameter(description = "By this access key or subject") @QueryParam("caller") Optional<String> caller,
            @QueryParam("productKey") Optional<String> productKey,
            @Parameter(description = "device.delete, or all whose name begins with device.")
            @QueryParam("action") Optional<String> action,
            @QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) {
        FieldErrors errors = new FieldErrors();
        Optional<Instant> begin = from.flatMap(text -> time("from", text, errors));
        Optional<Instant> end = to.flatMap(text -> time("to", text, errors));
        errors.throwIfAny();
        return AuditEntriesAnswer.of(trail.list(new AuditFilter(begin, end, caller, productKey.map(PathKeys::productKey),
                action), after, PathKeys.limit(limit)));
    }

    private static Optional<Instant> time(String field, String text, FieldErrors errors) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            errors.add(field, "has to be a time such as 2026-01-02T03:04:05Z");
            return Optional.empty();
        }
    }
}
