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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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

    @Inject
    private Repetitions repetitions;

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    @POST
    @Needs(Scope.MESSAGE)
    @Operation(summary = "Send a message to all connected devices of a product, or to those that have subscribed to a topic")
    @APIResponseSchema(value = BroadcastAnswer.class, responseCode = "200")
    public void send(@PathParam("productKey") String productKey, 
            @Parameter(description = "Made up by the caller; a repetition with it within ten minutes sends nothing and is answered "
                    + "as the first request") @HeaderParam(Repetitions.HEADER) Optional<String> key, @Context SecurityContext security,
            BroadcastRequest request, @Suspended AsyncResponse response) {
        BroadcastRequest.Content content = request.content(PathKeys.productKey(productKey));
        products.get(productKey); // there has to be one
        if (key.isPresent()) {
            LoopAnswers.answer(executor, response, repetitions.once(key.get(), security.getUserPrincipal().getName(),
                    "broadcasts " + productKey, request, () -> broadcaster.broadcast(productKey, content.topic(),
                            content.payload()).thenApply(BroadcastAnswer::of)), answer -> answer);
            return;
        }
        LoopAnswers.answer(executor, response, broadcaster.broadcast(productKey, content.topic(), content.payload()),
                BroadcastAnswer::of);
    }
}
