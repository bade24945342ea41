package io.thingport.web.security;

import io.thingport.platform.accesskey.CallRates;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Asks for an access key before anything else is looked at, so that a stranger does not even learn which paths exist. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class Authentication implements ContainerRequestFilter {

    @Inject
    private KnownKeys keys;

    @Inject
    private CallRates rates;

    @Inject
    private BearerTokens tokens;

    @Override
    public void filter(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, "the request carries no access key");
        }
        Caller caller = BearerTokens.token(authorization).map(tokens::authenticate).orElseGet(() -> basic(authorization));
        rates.take(caller).ifPresent(use -> bound(request, use));
        request.setSecurityContext(new CallerContext(caller, request.getSecurityContext().isSecure()));
    }

    private Caller basic(String authorization) {
        return BasicCredentials.parse(authorization)
                .flatMap(c -> keys.authenticate(c.id(), secret -> secret.matches(c.password())))
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED, "the access key is not valid"));
    }

    private static void bound(ContainerRequestContext request, CallRates.Use use) {
        RateHeaders.tell(request, use);
        if (!use.passes()) {
            throw ProblemException.throttled("the access key may make " + use.limit() + " requests in a second", use.pause());
        }
    }
}
