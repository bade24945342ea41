package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.registry.FleetExport;
import io.thingport.platform.registry.Products;
import io.thingport.platform.transfer.Exports;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exports of products, topic classes and devices. */
@Path("exports")
@ApplicationScoped
@Tag(name = "imports and exports")
public class ExportsResource {

    @Inject
    private Exports exports;
    @Inject
    private FleetExport export;
    @Inject
    private Products products;

    @Inject
    private AuditTrail trail;

    @GET
    @Produces(ImportsResource.CSV)
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Export products, topic classes and devices as an import takes them")
    @APIResponse(responseCode = "200",
            content = @Content(mediaType = ImportsResource.CSV, schema = @Schema(type = SchemaType.STRING)))
    public Response export(
            @Parameter(description = "Whether the secrets are in it",
                    schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
            @QueryParam("secrets") Optional<String> secrets,
            @Parameter(description = "One product instead of all") @QueryParam("productKey") Optional<String> productKey)
            throws IOException {
        boolean withSecrets = flag(secrets.orElse("false"));
        List<String> keys = productKey.map(key -> List.of(products.get(PathKeys.productKey(key)).productKey()))
                .orElseGet(export::productKeys);
        if (withSecrets) {
            trail.done("export.with-secrets", productKey.map(Subject::product).orElse(Subject.NONE));
        }
        Exports.File file = exports.write(keys, withSecrets);
        return Response.ok(file.content()).header(HttpHeaders.CONTENT_LENGTH, file.size())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"fleet.csv\"").build();
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw ProblemException.invalid("secrets", "has to be true or false");
        }
        return text.equals("true");
    }
}
