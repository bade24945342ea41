package io.thingport.web.security;

import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Checks the scope that a resource method {@link Needs}. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class Authorization implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            throw new ProblemException(ProblemCode.SCOPE_MISSING, "no scope opens this resource");
        }
        String scope = DashedName.of(needs.value());
        if (!request.getSecurityContext().isUserInRole(scope)) {
            throw new ProblemException(ProblemCode.SCOPE_MISSING, "the access key lacks the scope " + scope);
        }
    }
}
