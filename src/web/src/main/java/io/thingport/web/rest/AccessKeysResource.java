package io.thingport.web.rest;

import io.thingport.platform.accesskey.AccessKeys;
import io.thingport.platform.accesskey.IssuedKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** Access keys of callers of this API. */
@Path("access-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "access keys")
public class AccessKeysResource {

    @Inject
    private AccessKeys accessKeys;

    @POST
    @Needs(Scope.MANAGE)
    @Operation(summary = "Make an access key; its secret is told this once")
    @APIResponseSchema(value = IssuedKeyAnswer.class, responseCode = "201")
    public Response issue(NewAccessKeyRequest request, @Context UriInfo uri) {
        IssuedKey issued = accessKeys.issue(request.toScopes());
        return Response.created(uri.getAbsolutePathBuilder().path(issued.key().accessKeyId()).build())
                .entity(IssuedKeyAnswer.of(issued)).build();
    }

    @GET
    @Needs(Scope.MANAGE)
    @Operation(summary = "List access keys, 100 at most, oldest first")
    public List<AccessKeyAnswer> list() {
        return accessKeys.list().stream().map(AccessKeyAnswer::of).toList();
    }

    @DELETE
    @Path("{accessKeyId}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Delete an access key")
    public void revoke(@PathParam("accessKeyId") String accessKeyId) {
        accessKeys.revoke(accessKeyId);
    }
}
