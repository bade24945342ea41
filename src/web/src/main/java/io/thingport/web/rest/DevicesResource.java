package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.audit.Actor;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.registry.Device;
import io.thingport.platform.registry.Devices;
import io.thingport.platform.registry.Page;
import io.thingport.platform.session.ConnectionInfo;
import io.thingport.platform.session.Connections;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.Needs;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Devices of a product and their connections. */
@Path("products/{productKey}/devices")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "devices")
public class DevicesResource {

    @Inject
    private Devices devices;

    @Inject
    private Connections connections;

    @Inject
    private Conditions conditions;

    @Inject
    private AuditTrail trail;

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    @POST
    @Needs(Scope.MANAGE)
    @Operation(summary = "Register a device")
    @APIResponseSchema(value = NewDeviceAnswer.class, responseCode = "201")
    public Response register(@PathParam("productKey") String productKey, NewDeviceRequest request,
            @Context UriInfo uri) {
        Device device = devices.register(PathKeys.productKey(productKey), request.device());
        return Response.created(uri.getAbsolutePathBuilder().path(device.key().deviceName()).build())
                .entity(NewDeviceAnswer.of(device, devices.secret(device.key()))).build();
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List a product's devices, newest first")
    @APIResponseSchema(DevicesAnswer.class)
    public void list(@PathParam("productKey") String productKey, @QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit, @Suspended AsyncResponse response) {
        Page<Device> page = devices.list(PathKeys.productKey(productKey), after, PathKeys.limit(limit));
        List<CompletableFuture<DeviceAnswer>> answers = page.items().stream().map(this::withConnection).toList();
        LoopAnswers.answer(executor, response, CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)),
                all -> new DevicesAnswer(answers.stream().map(CompletableFuture::join).toList(), page.next()));
    }

    @GET
    @Path("{deviceName}")
    @Needs(Scope.READ)
    @Operation(summary = "Read a device, its status and its connection")
    @APIResponseSchema(DeviceAnswer.class)
    public void read(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @Suspended AsyncResponse response) {
        Device device = devices.get(PathKeys.deviceKey(productKey, deviceName));
        LoopAnswers.answer(executor, response, withConnection(device),
                answer -> Response.ok(answer).header(HttpHeaders.ETAG, Tags.of(device)).build());
    }

    @DELETE
    @Path("{deviceName}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Delete a device and end its connection")
    public void delete(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        DeviceKey key = PathKeys.deviceKey(productKey, deviceName);
        conditions.run(ifMatch, () -> Tags.of(devices.get(key)), () -> devices.delete(key));
    }

    @GET
    @Path("{deviceName}/secret")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Read a device's secret")
    public SecretAnswer secret(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName) {
        return SecretAnswer.of(devices.secret(PathKeys.deviceKey(productKey, deviceName)));
    }

    @POST
    @Path("{deviceName}/secret")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Give a device a new secret; the old one stays valid for a while")
    public RotatedSecretAnswer rotateSecret(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName, SecretRotationRequest request) {
        return RotatedSecretAnswer.of(devices.rotateSecret(PathKeys.deviceKey(productKey, deviceName), request.secret(),
                request.grace()));
    }

    @DELETE
    @Path("{deviceName}/secret/previous")
    @Needs(Scope.MANAGE)
    @Operation(summary = "End the time of a device's old secret at once, and the device's connection")
    public void dropPreviousSecret(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName) {
        devices.dropPreviousSecret(PathKeys.deviceKey(productKey, deviceName));
    }

    @POST
    @Path("{deviceName}/enable")
    @Consumes(MediaType.WILDCARD)
    @Needs(Scope.MANAGE)
    @Operation(summary = "Let a device connect again")
    public void enable(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName) {
        devices.setEnabled(PathKeys.deviceKey(productKey, deviceName), true);
    }

    @POST
    @Path("{deviceName}/disable")
    @Consumes(MediaType.WILDCARD)
    @Needs(Scope.MANAGE)
    @Operation(summary = "Forbid a device to connect and end its connection")
    public void disable(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName) {
        devices.setEnabled(PathKeys.deviceKey(productKey, deviceName), false);
    }

    @POST
    @Path("{deviceName}/reset")
    @Consumes(MediaType.WILDCARD)
    @Needs(Scope.MANAGE)
    @Operation(summary = "Make a device one that has never connected, so that it may register itself again")
    public void reset(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName) {
        devices.reset(PathKeys.deviceKey(productKey, deviceName));
    }

    @DELETE
    @Path("{deviceName}/connection")
    @Needs(Scope.MANAGE)
    @Operation(summary = "End a device's connection; it may connect again at once")
    @APIResponse(responseCode = "204", description = "Ended")
    public void kick(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @Suspended AsyncResponse response) {
        Actor actor = Actor.current();
        DeviceKey key = devices.get(PathKeys.deviceKey(productKey, deviceName)).key();
        LoopAnswers.answer(executor, response, connections.kick(key), was -> kicked(was, actor, key));
    }

    private Object kicked(boolean wasConnected, Actor actor, DeviceKey key) {
        if (!wasConnected) {
            throw new ProblemException(ProblemCode.NOT_CONNECTED, "the device has no connection");
        }
        trail.done(actor, "device.disconnect", Subject.device(key));
        return Response.noContent().build();
    }

    private CompletableFuture<DeviceAnswer> withConnection(Device device) {
        return connections.find(device.key()).thenApply(info -> DeviceAnswer.of(device, info)).toCompletableFuture();
    }
}
