package io.thingport.web.rest;

import io.thingport.platform.accesskey.AccessKey;
import io.thingport.platform.accesskey.AccessKeys;
import io.thingport.platform.accesskey.IssuedKey;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Cursor;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
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

/** Access keys of callers of this API. */
@Path("access-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "access keys")
public class AccessKeysResource {

    @Inject
    private AccessKeys accessKeys;

    @Inject
    private KnownKeys known;

    @POST
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Make an access key; its secret is told this once")
    @APIResponseSchema(value = IssuedKeyAnswer.class, responseCode = "201")
    public Response issue(NewAccessKeyRequest request, @Context UriInfo uri) {
        IssuedKey issued = accessKeys.issue(request.toKey());
        return Response.created(uri.getAbsolutePathBuilder().path(issued.key().accessKeyId()).build())
                .entity(IssuedKeyAnswer.of(issued)).build();
    }

    @GET
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "List access keys, 1000 at most, oldest first")
    public Listed<AccessKeyAnswer> list(@QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) {
        return Listed.of(Cursor.page("access-keys", accessKeys.list(),
                k -> PathKeys.sortable(k.createdAt().toEpochMilli()) + k.accessKeyId(), after, PathKeys.limit(limit)),
                this::answer);
    }

    @GET
    @Path("{accessKeyId}")
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Read an access key")
    public AccessKeyAnswer read(@PathParam("accessKeyId") String accessKeyId) {
        return answer(accessKeys.get(accessKeyId));
    }

    @PATCH
    @Path("{accessKeyId}")
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Change, disable or enable an access key")
    public AccessKeyAnswer change(@PathParam("accessKeyId") String accessKeyId, AccessKeyChangeRequest request) {
        return answer(accessKeys.update(accessKeyId, request.toUpdate()));
    }

    @POST
    @Path("{accessKeyId}/secret")
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Give an access key a new secret, told this once; the old one stays valid for a while")
    public RotatedKeyAnswer rotate(@PathParam("accessKeyId") String accessKeyId, KeyRotationRequest request) {
        return RotatedKeyAnswer.of(accessKeys.rotate(accessKeyId, request.grace()));
    }

    @DELETE
    @Path("{accessKeyId}/secret/previous")
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "End the time of an access key's old secret at once, and what was opened with the key")
    public void dropPreviousSecret(@PathParam("accessKeyId") String accessKeyId) {
        accessKeys.dropPreviousSecret(accessKeyId);
    }

    @DELETE
    @Path("{accessKeyId}")
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Delete an access key")
    public void revoke(@PathParam("accessKeyId") String accessKeyId) {
        accessKeys.revoke(accessKeyId);
    }

    private AccessKeyAnswer answer(AccessKey key) {
        return AccessKeyAnswer.of(key, known.lastUsed(key.accessKeyId()));
    }
}
