package io.thingport.web.rest;

import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** Refuses what holds the character U+0000 in its path or query: no text in a database can hold it, nor be sought by it. */
@Provider
@ApplicationScoped
public class NoZero implements ContainerRequestFilter {

    private static final String ESCAPED = "%00";

    @Override
    public void filter(ContainerRequestContext request) {
        check(request.getUriInfo().getRequestUri());
    }

    /** @throws ProblemException {@link ProblemCode#BAD_REQUEST} when it holds one */
    static void check(URI asked) {
        if (asked.toString().contains(ESCAPED)) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "the path or the query holds the character U+0000");
        }
    }
}
