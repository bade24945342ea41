package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Products;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
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

    @Inject
    private Conditions conditions;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Read a product's subscription")
    @APIResponseSchema(SubscriptionFields.class)
    public Response read(@PathParam("productKey") String productKey,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> ifNoneMatch) {
        return Tags.read(ifNoneMatch, SubscriptionFields.of(products.subscription(PathKeys.productKey(productKey))));
    }

    @PUT
    @Needs(Scope.MANAGE)
    @Operation(summary = "Set a product's subscription")
    @APIResponseSchema(SubscriptionFields.class)
    public Response set(@PathParam("productKey") String productKey,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch, SubscriptionFields request) {
        String key = PathKeys.productKey(productKey);
        ProductSubscription subscription = request.subscription();
        return Tags.changed(conditions.change(ifMatch, () -> tag(key),
                () -> SubscriptionFields.of(products.subscribe(key, subscription))));
    }

    @DELETE
    @Needs(Scope.MANAGE)
    @Operation(summary = "End a product's subscription")
    public void end(@PathParam("productKey") String productKey,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        String key = PathKeys.productKey(productKey);
        conditions.run(ifMatch, () -> tag(key), () -> products.unsubscribe(key));
    }

    private String tag(String productKey) {
        return Tags.of(SubscriptionFields.of(products.subscription(productKey)));
    }
}
