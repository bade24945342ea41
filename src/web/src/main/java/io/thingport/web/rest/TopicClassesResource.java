package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.TopicClass;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Topic classes of a product. */
@Path("products/{productKey}/topic-classes")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "topic classes")
public class TopicClassesResource {

    @Inject
    private Products products;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List a product's topic classes, 50 at most")
    public List<TopicClassAnswer> list(@PathParam("productKey") String productKey) {
        return products.topicClasses(PathKeys.productKey(productKey)).stream()
                .map(c -> TopicClassAnswer.of(productKey, c)).toList();
    }

    @POST
    @Needs(Scope.MANAGE)
    @Operation(summary = "Add a topic class")
    @APIResponseSchema(value = TopicClassAnswer.class, responseCode = "201")
    public Response add(@PathParam("productKey") String productKey, NewTopicClassRequest request,
            @Context UriInfo uri) {
        TopicClass added = products.addTopicClass(PathKeys.productKey(productKey), request.suffix(),
                request.operation(), request.description());
        return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(added.id())).build())
                .entity(TopicClassAnswer.of(productKey, added)).build();
    }

    @PATCH
    @Path("{id}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Change a topic class")
    public TopicClassAnswer change(@PathParam("productKey") String productKey, @PathParam("id") String id,
            TopicClassChangeRequest request) {
        return TopicClassAnswer.of(productKey,
                products.updateTopicClass(PathKeys.productKey(productKey), PathKeys.id(id), request.change()));
    }

    @DELETE
    @Path("{id}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Delete a topic class")
    public void delete(@PathParam("productKey") String productKey, @PathParam("id") String id) {
        products.deleteTopicClass(PathKeys.productKey(productKey), PathKeys.id(id));
    }
}
