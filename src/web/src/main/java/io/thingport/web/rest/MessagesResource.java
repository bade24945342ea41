package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.messaging.Publisher;
import io.thingport.platform.rrpc.RrpcCaller;
import io.thingport.web.security.Needs;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Messages to devices and calls of them. */
@Path("products/{productKey}/devices")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "messages")
public class MessagesResource {

    @Inject
    private Publisher publisher;

    @Inject
    private RrpcCaller caller;

    @Inject
    private Repetitions repetitions;

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    @POST
    @Path("{deviceName}/messages")
    @Needs(Scope.MESSAGE)
    @Operation(summary = "Send a message to a device (Pub)")
    @APIResponseSchema(value = MessageAnswer.class, responseCode = "200")
    public void send(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @Parameter(description = "Made up by the caller; a repetition with it within ten minutes sends nothing and is answered "
                    + "as the first request") @HeaderParam(Repetitions.HEADER) Optional<String> key, @Context SecurityContext security,
            MessageRequest request, @Suspended AsyncResponse response) {
        DeviceKey device = PathKeys.deviceKey(productKey, deviceName);
        if (key.isPresent()) {
            LoopAnswers.answer(executor, response, repetitions.once(key.get(), security.getUserPrincipal().getName(),
                    "messages " + device, request, () -> publisher.publish(request.message(device)).thenApply(MessageAnswer::of)),
                    answer -> answer);
            return;
        }
        LoopAnswers.answer(executor, response, publisher.publish(request.message(device)), MessageAnswer::of);
    }

    @POST
    @Path("{deviceName}/rrpc")
    @Needs(Scope.MESSAGE)
    @Operation(summary = "Call a device and wait for its reply (RRPC)")
    @APIResponseSchema(value = CallAnswer.class, responseCode = "200")
    public void call(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            CallRequest request, @Suspended AsyncResponse response) {
        DeviceKey device = PathKeys.deviceKey(productKey, deviceName);
        CallRequest.Call call = request.call(device);
        LoopAnswers.answer(executor, response,
                caller.call(device, call.topic(), call.payload(), call.timeout()), CallAnswer::of);
    }
}
