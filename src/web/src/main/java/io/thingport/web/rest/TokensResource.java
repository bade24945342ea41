package io.thingport.web.rest;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.dashboard.DashboardTokens;
import io.thingport.platform.dashboard.IssuedToken;
import io.thingport.platform.dashboard.Right;
import io.thingport.platform.registry.Products;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.CallerContext;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Short-lived tokens by which dashboards connect over MQTT. */
@Path("tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "tokens")
public class TokensResource {

    @Inject
    private DashboardTokens tokens;

    @Inject
    private Products products;

    @Inject
    private AuditTrail trail;

    @POST
    @Needs(Scope.CONSUME)
    @Operation(summary = "Make a token for a dashboard that connects over MQTT; the right publish needs the scope message, too")
    @APIResponseSchema(value = TokenAnswer.class, responseCode = "201")
    public Response issue(NewTokenRequest request, @Context SecurityContext caller) {
        NewTokenRequest.Wanted wanted = request.toWanted();
        wanted.rights().forEach(right -> check(right, wanted, CallerContext.caller(caller)));
        wanted.products().forEach(products::get);
        IssuedToken issued = tokens.issue(CallerContext.accessKeyOf(caller), wanted.products(), wanted.rights(),
                wanted.lifetime());
        trail.done("dashboard-token.create", Subject.id(issued.token().id()));
        return Response.status(Response.Status.CREATED).entity(TokenAnswer.of(issued)).build();
    }

    private static void check(Right right, NewTokenRequest.Wanted wanted, Caller caller) {
        String scope = DashedName.of(right.scope());
        if (!caller.may(right.scope())) {
            throw new ProblemException(ProblemCode.SCOPE_MISSING, "the access key lacks the scope " + scope
                    + ", without which a token cannot have the right " + DashedName.of(right));
        }
        if (!wanted.products().stream().allMatch(product -> caller.may(right.scope(), product))) {
            throw new ProblemException(ProblemCode.PRODUCT_NOT_GRANTED, "the access key is confined to other products");
        }
    }
}
