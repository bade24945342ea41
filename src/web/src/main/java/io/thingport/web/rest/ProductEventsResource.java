package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Products;
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

/** What the devices of a product do, as server-sent events. */
@Path("products/{productKey}/events")
@ApplicationScoped
@Tag(name = "events")
public class ProductEventsResource {

    @Inject
    private EventStreams streams;

    @Inject
    private Products products;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Scope.CONSUME)
    @Operation(summary = "Watch the devices of a product (server-sent events)")
    public void watch(@PathParam("productKey") String productKey, @QueryParam("kinds") Optional<String> kinds,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) Optional<String> lastEventId, @Context SecurityContext caller,
            @Context SseEventSink sink, @Context HttpServletResponse response) {
        String product = PathKeys.productKey(productKey);
        streams.open(product, Optional.empty(), kinds, lastEventId, caller, () -> products.get(product), sink,
                response);
    }
}
