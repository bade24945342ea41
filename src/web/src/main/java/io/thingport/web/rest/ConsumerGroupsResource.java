package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.registry.ConsumerBacklogs;
import io.thingport.platform.registry.ConsumerGroup;
import io.thingport.platform.registry.ConsumerGroups;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Consumer groups: business servers that share the messages of devices. */
@Path("consumer-groups")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "consumer groups")
public class ConsumerGroupsResource {

    @Inject
    private ConsumerGroups groups;
    @Inject
    private Conditions conditions;
    @Inject
    private ConsumerBacklogs backlogs;

    @Inject
    private AuditTrail trail;

    @POST
    @Needs(value = Scope.MANAGE, everywhere = true)
    @Operation(summary = "Create a consumer group")
    @APIResponseSchema(value = ConsumerGroupAnswer.class, responseCode = "201")
    public Response create(ConsumerGroupRequest request, @Context UriInfo uri) {
        ConsumerGroup group = groups.create(request.name());
        return Response.created(uri.getAbsolutePathBuilder().path(group.id()).build())
                .entity(ConsumerGroupAnswer.of(group)).build();
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List consumer groups, newest first")
    public ConsumerGroupsAnswer list(@QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) {
        return ConsumerGroupsAnswer.of(groups.list(after, PathKeys.limit(limit)));
    }

    @GET
    @Path("{groupId}")
    @Needs(Scope.READ)
    @Operation(summary = "Read a consumer group")
    @APIResponseSchema(ConsumerGroupAnswer.class)
    public Response read(@PathParam("groupId") String groupId,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> ifNoneMatch) {
        return Tags.read(ifNoneMatch, ConsumerGroupAnswer.of(groups.get(groupId)));
    }

    @PATCH
    @Path("{groupId}")
    @Needs(value = Scope.MANAGE, everywhere = true)
    @Operation(summary = "Rename a consumer group")
    @APIResponseSchema(ConsumerGroupAnswer.class)
    public Response rename(@PathParam("groupId") String groupId,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch, ConsumerGroupRequest request) {
        return Tags.changed(conditions.change(ifMatch, () -> tag(groupId),
                () -> ConsumerGroupAnswer.of(groups.rename(groupId, request.name()))));
    }

    @DELETE
    @Path("{groupId}")
    @Needs(value = Scope.MANAGE, everywhere = true)
    @Operation(summary = "Delete a consumer group with all that waits for it")
    public void delete(@PathParam("groupId") String groupId,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        conditions.run(ifMatch, () -> tag(groupId), () -> groups.delete(groupId));
    }

    private String tag(String groupId) {
        return Tags.of(ConsumerGroupAnswer.of(groups.get(groupId)));
    }

    @GET
    @Path("{groupId}/status")
    @Needs(value = Scope.READ, everywhere = true)
    @Operation(summary = "Read what waits for a consumer group and who is connected")
    public ConsumerGroupStatusAnswer status(@PathParam("groupId") String groupId) {
        return ConsumerGroupStatusAnswer.of(backlogs.status(groupId));
    }

    @DELETE
    @Path("{groupId}/messages")
    @Needs(value = Scope.MANAGE, everywhere = true)
    @Operation(summary = "Drop all that waits for a consumer group")
    public ClearedMessagesAnswer clear(@PathParam("groupId") String groupId) {
        ClearedMessagesAnswer answer = new ClearedMessagesAnswer(backlogs.clear(groupId));
        trail.done("consumer-group.clear", Subject.id(groupId));
        return answer;
    }
}
