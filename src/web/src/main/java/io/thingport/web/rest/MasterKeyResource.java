package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.rotation.MasterKeyRotation;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The key that seals secrets at rest. */
@Path("master-key")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "master key")
public class MasterKeyResource {

    @Inject
    private MasterKeyRotation rotation;

    @GET
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Read which versions of the master key are in use; counts all secrets")
    public MasterKeyAnswer read() {
        return MasterKeyAnswer.of(rotation.status());
    }

    @POST
    @Path("rotations")
    @Consumes(MediaType.WILDCARD)
    @Needs(Scope.ADMINISTER)
    @Operation(summary = "Make a new version of the master key and seal all secrets with it, in the background")
    @APIResponseSchema(value = MasterKeyAnswer.class, responseCode = "202")
    public Response rotate(@Context UriInfo uri) {
        rotation.rotate();
        return Response.accepted(MasterKeyAnswer.of(rotation.status()))
                .location(uri.getBaseUriBuilder().path(MasterKeyResource.class).build()).build();
    }
}
