package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.devicelog.LogLevels;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The trace of a device: more of it, or less, goes into the device log for a while. */
@Path("products/{productKey}/devices/{deviceName}/trace")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "log")
public class TraceResource {

    @Inject
    private LogLevels levels;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Read how a device is being traced")
    public TraceAnswer read(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName) {
        return levels.trace(PathKeys.deviceKey(productKey, deviceName)).map(TraceAnswer::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_TRACED, "the device is not being traced"));
    }

    @PUT
    @Needs(Scope.MANAGE)
    @Operation(summary = "Trace a device from now on, for a while")
    public TraceAnswer start(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            TraceRequest request) {
        return TraceAnswer.of(levels.startTrace(PathKeys.deviceKey(productKey, deviceName), request.logLevel(),
                request.withPayloads(), request.time()));
    }

    @DELETE
    @Needs(Scope.MANAGE)
    @Operation(summary = "Trace a device no more")
    public void end(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName) {
        levels.endTrace(PathKeys.deviceKey(productKey, deviceName));
    }
}
