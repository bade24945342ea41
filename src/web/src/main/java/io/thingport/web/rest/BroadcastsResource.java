package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.platform.registry.Products;
import io.thingport.web.security.Needs;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Messages to many devices of a product. */
@Path("products/{productKey}/broadcasts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "broadcasts")
public class BroadcastsResource {

    @Inject
    private Products products;

    @Inject
    private Broadcaster broadcaster;

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    @POST
    @Needs(Scope.MESSAGE)
    @Operation(summary = "Send a message to all connected devices of a product, or to those that have subscribed to a topic")
    @APIResponseSchema(value = BroadcastAnswer.class, responseCode = "200")
    public void send(@PathParam("productKey") String productKey, BroadcastRequest request,
            @Suspended AsyncResponse response) {
        BroadcastRequest.Content content = request.content(PathKeys.productKey(productKey));
        products.get(productKey); // there has to be one
        LoopAnswers.answer(executor, response, broadcaster.broadcast(productKey, content.topic(), content.payload()),
                BroadcastAnswer::of);
    }
}
