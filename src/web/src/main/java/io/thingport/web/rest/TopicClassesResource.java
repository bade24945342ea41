package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Cursor;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.registry.TopicClass;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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

    @Inject
    private Conditions conditions;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List a product's topic classes, oldest first")
    public Listed<TopicClassAnswer> list(@PathParam("productKey") String productKey,
            @QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) {
        return Listed.of(Cursor.page("topic-classes " + productKey, products.topicClasses(PathKeys.productKey(productKey)),
                c -> PathKeys.sortable(c.id()), after, PathKeys.limit(limit)), c -> TopicClassAnswer.of(productKey, c));
    }

    @GET
    @Path("{id}")
    @Needs(Scope.READ)
    @Operation(summary = "Read a topic class")
    @APIResponseSchema(TopicClassAnswer.class)
    public Response read(@PathParam("productKey") String productKey, @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> ifNoneMatch) {
        return Tags.read(ifNoneMatch, find(PathKeys.productKey(productKey), PathKeys.id(id)));
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
    @APIResponseSchema(TopicClassAnswer.class)
    public Response change(@PathParam("productKey") String productKey, @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch, TopicClassChangeRequest request) {
        String key = PathKeys.productKey(productKey);
        long number = PathKeys.id(id);
        return Tags.changed(conditions.change(ifMatch, () -> Tags.of(find(key, number)),
                () -> TopicClassAnswer.of(key, products.updateTopicClass(key, number, request.change()))));
    }

    @DELETE
    @Path("{id}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Delete a topic class")
    public void delete(@PathParam("productKey") String productKey, @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        String key = PathKeys.productKey(productKey);
        long number = PathKeys.id(id);
        conditions.run(ifMatch, () -> Tags.of(find(key, number)), () -> products.deleteTopicClass(key, number));
    }

    private TopicClassAnswer find(String productKey, long id) {
        return products.topicClasses(productKey).stream().filter(c -> c.id() == id).findFirst()
                .map(c -> TopicClassAnswer.of(productKey, c))
                .orElseThrow(() -> new RegistryException(RegistryProblem.TOPIC_CLASS_NOT_FOUND,
                        "the product has no topic class " + id));
    }
}
