package io.thingport.web.security;

import io.thingport.platform.start.StartProgress;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses every request until the platform has started: before that nobody knows whether an access key is valid. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 1)
@ApplicationScoped
public class NotYet implements ContainerRequestFilter {

    @Inject
    private StartProgress progress;

    @Override
    public void filter(ContainerRequestContext request) {
        if (progress.obstacle().isPresent()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the server has not started yet");
        }
    }
}
