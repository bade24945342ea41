package io.thingport.web.rest;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.devicelog.LogLevels;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much of a product's devices goes into the device log. */
@Path("products/{productKey}/log-level")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "log")
public class LogLevelResource {

    @Inject
    private LogLevels levels;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Read how much of a product's devices goes into the device log")
    public LogLevelFields read(@PathParam("productKey") String productKey) {
        return LogLevelFields.of(levels.product(PathKeys.productKey(productKey)));
    }

    @PUT
    @Needs(Scope.MANAGE)
    @Operation(summary = "Set how much of a product's devices goes into the device log")
    public LogLevelFields set(@PathParam("productKey") String productKey, LogLevelFields request) {
        Optional<LogLevel> level = request.logLevel();
        levels.setProduct(PathKeys.productKey(productKey), level);
        return LogLevelFields.of(level);
    }
}
