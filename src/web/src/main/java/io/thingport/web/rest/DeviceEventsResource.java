package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Devices;
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
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a device does, as server-sent events. */
@Path("products/{productKey}/devices")
@ApplicationScoped
@Tag(name = "events")
public class DeviceEventsResource {

    @Inject
    private EventStreams streams;

    @Inject
    private Devices devices;

    @GET
    @Path("{deviceName}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Scope.CONSUME)
    @Operation(summary = "Watch a device (server-sent events)")
    public void watch(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @QueryParam("kinds") Optional<String> kinds,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) Optional<String> lastEventId, @Context SecurityContext caller,
            @Context SseEventSink sink, @Context HttpServletResponse response) {
        DeviceKey device = PathKeys.deviceKey(productKey, deviceName);
        streams.open(productKey, Optional.of(deviceName), kinds, lastEventId, caller, () -> devices.get(device), sink,
                response);
    }
}
