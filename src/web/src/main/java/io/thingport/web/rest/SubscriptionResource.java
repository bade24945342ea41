package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Products;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A product's subscription: which of its messages go to which consumer groups. */
@Path("products/{productKey}/subscription")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "consumer groups")
public class SubscriptionResource {

    @Inject
    private Products products;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Read a product's subscription")
    public SubscriptionFields read(@PathParam("productKey") String productKey) {
        return SubscriptionFields.of(products.subscription(PathKeys.productKey(productKey)));
    }

    @PUT
    @Needs(Scope.MANAGE)
    @Operation(summary = "Set a product's subscription")
    public SubscriptionFields set(@PathParam("productKey") String productKey, SubscriptionFields request) {
        return SubscriptionFields.of(
                products.subscribe(PathKeys.productKey(productKey), request.subscription()));
    }

    @DELETE
    @Needs(Scope.MANAGE)
    @Operation(summary = "End a product's subscription")
    public void end(@PathParam("productKey") String productKey) {
        products.unsubscribe(PathKeys.productKey(productKey));
    }
}
