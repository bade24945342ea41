package io.thingport.web.json;

import io.thingport.platform.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Bounds the body of a request, announced or not: twice the largest MQTT packet, as Base64 needs it, and 64 KiB, unless the
 * resource method says {@link BodyMaximum}.
 */
@Provider
@ApplicationScoped
public class BodyLimit implements ContainerRequestFilter {

    @Inject
    private Settings settings;
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        BodyMaximum own = resource.getResourceMethod().getAnnotation(BodyMaximum.class);
        long limit = own != null ? own.value() : 2L * settings.mqtt().packetMaximum() + 64 * 1024;
        if (request.getLength() > limit) {
            throw BodyTooLargeException.problem(limit);
        }
        request.setEntityStream(new BoundedInputStream(request.getEntityStream(), limit));
    }
}
