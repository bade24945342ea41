package io.thingport.web.rest;

import io.thingport.platform.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Lets pages of named origins use the API from a browser (CORS). A preflight comes without credentials and is answered before
 * they are asked for. Credentials are what a page puts into a request itself, never what a browser adds, so answers do not
 * allow those. Other origins are told nothing, and their browsers keep the answer from them.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 2)
@ApplicationScoped
public class Cors implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String ORIGIN = "Origin";
    private static final String DAY_SECONDS = "86400";

    private Set<String> origins;

    /** For the container. */
    public Cors() {
        this(Set.of());
    }

    @Inject
    public Cors(Settings settings) {
        this(settings.rest().origins());
    }

    Cors(Set<String> origins) {
        this.origins = origins;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS) && allowed(request)
                && request.getHeaderString("Access-Control-Request-Method") != null) {
            request.abortWith(Response.noContent()
                    .header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
                    .header("Access-Control-Allow-Headers",
                            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID")
                    .header("Access-Control-Max-Age", DAY_SECONDS).build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (origins.isEmpty()) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.add(HttpHeaders.VARY, ORIGIN);
        if (allowed(request)) {
            headers.putSingle("Access-Control-Allow-Origin", request.getHeaderString(ORIGIN));
            headers.putSingle("Access-Control-Expose-Headers",
                    "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate");
        }
    }

    private boolean allowed(ContainerRequestContext request) {
        String origin = request.getHeaderString(ORIGIN);
        return origin != null && origins.contains(origin);
    }
}
