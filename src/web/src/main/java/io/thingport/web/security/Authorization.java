package io.thingport.web.security;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
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
import java.util.Optional;

/** Checks the scope that a resource method {@link Needs}, and the product that the path names. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class Authorization implements ContainerRequestFilter {

    /** The path parameter that names a product, in every resource that has one. */
    private static final String PRODUCT_KEY = "productKey";

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            throw new ProblemException(ProblemCode.SCOPE_MISSING, "no scope opens this resource");
        }
        check(CallerContext.caller(request.getSecurityContext()), needs.value(), needs.everywhere(),
                Optional.ofNullable(request.getUriInfo().getPathParameters().getFirst(PRODUCT_KEY)));
    }

    /** @throws ProblemException when the caller may not do this, or not there */
    static void check(Caller caller, Scope scope, boolean everywhere, Optional<String> productKey) {
        if (!caller.may(scope)) {
            throw new ProblemException(ProblemCode.SCOPE_MISSING, "the access key lacks the scope " + DashedName.of(scope));
        }
        if (everywhere && !caller.mayEverywhere(scope)) {
            throw new ProblemException(ProblemCode.PRODUCT_NOT_GRANTED,
                    "the access key is confined to products, and this belongs to none of them");
        }
        if (productKey.isPresent() && !caller.may(scope, productKey.get())) {
            throw new ProblemException(ProblemCode.PRODUCT_NOT_GRANTED, "the access key is confined to other products");
        }
    }
}
