package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.DeviceTokens;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The tokens of the physical devices under one device name. */
@Path("products/{productKey}/devices/{deviceName}/tokens")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "devices")
public class DeviceTokensResource {

    @Inject
    private DeviceTokens tokens;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List the tokens of a device, oldest first")
    public List<DeviceTokenAnswer> list(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName) {
        return tokens.list(PathKeys.deviceKey(productKey, deviceName)).stream().map(DeviceTokenAnswer::of).toList();
    }

    @DELETE
    @Path("{clientId}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Take a token away and end the device's connection")
    public void revoke(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @PathParam("clientId") String clientId) {
        tokens.revoke(PathKeys.deviceKey(productKey, deviceName), clientId);
    }
}
