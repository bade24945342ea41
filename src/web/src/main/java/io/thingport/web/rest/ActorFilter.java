package io.thingport.web.rest;

import io.thingport.platform.audit.Actor;
import io.thingport.platform.audit.Door;
import io.thingport.platform.audit.Refusals;
import io.thingport.platform.audit.Subject;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Says who is at work on the request's thread, once that is proved, and enters what a caller has no right to into the audit
 * trail. {@link ActorEnd} takes it away again.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION + 1)
@ApplicationScoped
public class ActorFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String ACTOR = Actor.class.getName();

    @Inject
    private Refusals refusals;
    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        Actor actor = new Actor(request.getSecurityContext().getUserPrincipal().getName(), http.getRemoteAddr(), Door.REST);
        actor.enter();
        request.setProperty(ACTOR, actor);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == Response.Status.FORBIDDEN.getStatusCode()
                && request.getProperty(ACTOR) instanceof Actor actor) {
            refusals.enter(actor, request.getMethod() + " " + request.getUriInfo().getPath(), subject(request));
        }
    }

    private static Subject subject(ContainerRequestContext request) {
        return new Subject(parameter(request, "productKey"), parameter(request, "deviceName"), Optional.empty());
    }

    private static Optional<String> parameter(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getUriInfo().getPathParameters().getFirst(name));
    }
}
