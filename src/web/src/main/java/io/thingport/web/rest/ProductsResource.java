package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Product;
import io.thingport.platform.registry.ProductChange;
import io.thingport.platform.registry.Products;
import io.thingport.web.security.CallerContext;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Products. */
@Path("products")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "products")
public class ProductsResource {

    @Inject
    private Products products;

    @Inject
    private Conditions conditions;

    @POST
    @Needs(value = Scope.MANAGE, everywhere = true)
    @Operation(summary = "Create a product with the three default topic classes")
    @APIResponseSchema(value = ProductAnswer.class, responseCode = "201")
    public Response create(NewProductRequest request, @Context UriInfo uri) {
        Product product = products.create(request.product());
        return Response.created(uri.getAbsolutePathBuilder().path(product.productKey()).build())
                .entity(ProductAnswer.of(product)).build();
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List products, newest first: those that the access key is for")
    public ProductsAnswer list(@QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit, @Context SecurityContext caller) {
        return ProductsAnswer.of(products.list(after, PathKeys.limit(limit), CallerContext.caller(caller).products()));
    }

    @GET
    @Path("{productKey}")
    @Needs(Scope.READ)
    @Operation(summary = "Read a product")
    @APIResponseSchema(ProductAnswer.class)
    public Response read(@PathParam("productKey") String productKey,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> ifNoneMatch) {
        return Tags.read(ifNoneMatch, ProductAnswer.of(products.get(PathKeys.productKey(productKey))));
    }

    @GET
    @Path("{productKey}/secret")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Read a product's secret")
    public ProductSecretAnswer secret(@PathParam("productKey") String productKey) {
        return ProductSecretAnswer.of(products.secret(PathKeys.productKey(productKey)));
    }

    @PATCH
    @Path("{productKey}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Change a product")
    @APIResponseSchema(ProductAnswer.class)
    public Response change(@PathParam("productKey") String productKey,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch, ProductChangeRequest request) {
        String key = PathKeys.productKey(productKey);
        ProductChange change = request.change();
        return Tags.changed(conditions.change(ifMatch, () -> tag(key), () -> ProductAnswer.of(products.update(key, change))));
    }

    @DELETE
    @Path("{productKey}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Delete a product that has no devices")
    public void delete(@PathParam("productKey") String productKey,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        String key = PathKeys.productKey(productKey);
        conditions.run(ifMatch, () -> tag(key), () -> products.delete(key));
    }

    private String tag(String productKey) {
        return Tags.of(ProductAnswer.of(products.get(productKey)));
    }
}
