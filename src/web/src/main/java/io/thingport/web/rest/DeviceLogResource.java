package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.devicelog.LogReader;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** The device log of one device, which need not be there any more, or may never have been. */
@Path("products/{productKey}/devices/{deviceName}/log")
@ApplicationScoped
@Tag(name = "log")
public class DeviceLogResource {

    @Inject
    private LogReader log;
    @Inject
    private LogStreams streams;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Scope.READ)
    @Operation(summary = "Look into a device's log, newest first")
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
    public LogAnswer read(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName, @QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit, @Context UriInfo uri) {
        DeviceKey key = PathKeys.deviceKey(productKey, deviceName);
        return LogAnswer.of(log.page(LogParameters.query(Set.of(key.productKey()), Optional.of(key.deviceName()), uri.getQueryParameters()),
                after, PathKeys.limit(limit)));
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Scope.READ)
    @Operation(summary = "Follow a device's log (server-sent events)")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = LogParameters.KIND,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "outcome", in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING, enumeration = {"success", "failure"}))
    @Parameter(name = "address", in = ParameterIn.QUERY, description = LogParameters.ADDRESS,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "messageId", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "keyword", in = ParameterIn.QUERY, description = LogParameters.KEYWORD,
            schema = @Schema(type = SchemaType.STRING))
    public void follow(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName, @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) Optional<String> lastEventId,
            @Context UriInfo uri, @Context SecurityContext caller, @Context SseEventSink sink,
            @Context HttpServletResponse response) {
        DeviceKey key = PathKeys.deviceKey(productKey, deviceName);
        streams.open(LogParameters.filter(Set.of(key.productKey()), Optional.of(key.deviceName()), uri.getQueryParameters()), lastEventId,
                caller, sink, response);
    }
}
