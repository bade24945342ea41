package io.thingport.web.rest;

import io.thingport.platform.audit.Actor;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

/** Whoever was at work on the request's thread is so no more when the thread leaves the request, answered or not. */
@WebFilter(urlPatterns = "/api/v1/*", asyncSupported = true)
public class ActorEnd implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            Actor.leave();
        }
    }
}
