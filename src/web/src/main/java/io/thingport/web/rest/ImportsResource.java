package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Cursor;
import io.thingport.platform.transfer.ImportStatus;
import io.thingport.platform.transfer.Imports;
import io.thingport.web.json.BodyMaximum;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Imports of products, topic classes and devices. */
@Path("imports")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "imports and exports")
public class ImportsResource {

    static final String CSV = "text/csv";

    @Inject
    private Imports imports;

    @POST
    @Consumes(CSV)
    @BodyMaximum(Imports.SIZE_MAXIMUM)
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Import products, topic classes and devices in the background, one import at a time")
    @RequestBody(content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    @APIResponseSchema(value = ImportAnswer.class, responseCode = "202")
    public Response start(InputStream csv, @Context UriInfo uri) throws IOException {
        ImportStatus status = imports.start(csv);
        return Response.accepted(ImportAnswer.of(status))
                .location(uri.getAbsolutePathBuilder().path(status.id()).build()).build();
    }

    @GET
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "List the last imports, 10 at most, newest first")
    public Listed<ImportAnswer> list(@QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) throws IOException {
        return Listed.of(Cursor.page("imports", imports.list(),
                i -> PathKeys.sortable(Long.MAX_VALUE - i.startedAt().toEpochMilli()) + i.id(), after, PathKeys.limit(limit)),
                ImportAnswer::of);
    }

    @GET
    @Path("{id}")
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Read how far an import is")
    public ImportAnswer read(@PathParam("id") String id) throws IOException {
        return ImportAnswer.of(imports.status(id));
    }

    @GET
    @Path("{id}/report")
    @Produces(CSV)
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Read what became of each line, as far as the import has come")
    @APIResponse(responseCode = "200", content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    public InputStream report(@PathParam("id") String id) throws IOException {
        return imports.report(id);
    }
}
