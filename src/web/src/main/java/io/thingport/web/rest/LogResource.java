package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.devicelog.LogReader;
import io.thingport.web.security.CallerContext;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The device log: of all devices, and of those who never said who they are; for a key that is confined to products, of their
 * devices.
 */
@Path("log")
@ApplicationScoped
@Tag(name = "log")
public class LogResource {

    @Inject
    private LogReader log;
    @Inject
    private LogStreams streams;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Scope.READ)
    @Operation(summary = "Look into the device log, newest first")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = LogParameters.KIND,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "outcome", in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING, enumeration = {"success", "failure"}))
    @Parameter(name = "address", in = ParameterIn.QUERY, description = LogParameters.ADDRESS,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "messageId", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "keyword", in = ParameterIn.QUERY, description = LogParameters.KEYWORD,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    public LogAnswer read(@QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit, @Context UriInfo uri,
            @Context SecurityContext caller) {
        return LogAnswer.of(log.page(LogParameters.query(products(caller), Optional.empty(), uri.getQueryParameters()),
                after, PathKeys.limit(limit)));
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Scope.READ)
    @Operation(summary = "Follow the device log (server-sent events)")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = LogParameters.KIND,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "outcome", in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING, enumeration = {"success", "failure"}))
    @Parameter(name = "address", in = ParameterIn.QUERY, description = LogParameters.ADDRESS,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "messageId", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "keyword", in = ParameterIn.QUERY, description = LogParameters.KEYWORD,
            schema = @Schema(type = SchemaType.STRING))
    public void follow(@HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) Optional<String> lastEventId,
            @Context UriInfo uri, @Context SecurityContext caller, @Context SseEventSink sink,
            @Context HttpServletResponse response) {
        streams.open(LogParameters.filter(products(caller), Optional.empty(), uri.getQueryParameters()), lastEventId,
                caller, sink, response);
    }

    /** Those that the caller is confined to; none when it may see everything. */
    private static Set<String> products(SecurityContext caller) {
        return CallerContext.caller(caller).products();
    }
}
