package io.thingport.web.security;

import io.thingport.platform.accesskey.CallRates;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells a caller with a rate what it leaves him [IETF draft-ietf-httpapi-ratelimit-headers-10]: that form is on its way to a
 * standard, and unlike the many {@code X-RateLimit} headers it says what its numbers are.
 */
@Provider
public class RateHeaders implements ContainerResponseFilter {

    private static final String PROPERTY = RateHeaders.class.getName();

    /** Has the answer of this request tell it. */
    static void tell(ContainerRequestContext request, CallRates.Use use) {
        request.setProperty(PROPERTY, use);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof CallRates.Use use) {
            response.getHeaders().putSingle("RateLimit-Policy", "\"access-key\";q=" + use.limit() + ";w=1");
            response.getHeaders().putSingle("RateLimit", "\"access-key\";r=" + use.remaining() + ";t=1");
        }
    }
}
