package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Cursor;
import io.thingport.platform.registry.DeviceTokens;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    public Listed<DeviceTokenAnswer> list(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName, @QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) {
        DeviceKey device = PathKeys.deviceKey(productKey, deviceName);
        return Listed.of(Cursor.page("tokens " + device, tokens.list(device),
                t -> PathKeys.sortable(t.createdAt().toEpochMilli()) + t.clientId(), after, PathKeys.limit(limit)),
                DeviceTokenAnswer::of);
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
