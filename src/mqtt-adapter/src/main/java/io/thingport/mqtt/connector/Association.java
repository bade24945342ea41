package io.thingport.mqtt.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ResourceAdapter;

/** A Java bean of this adapter belongs to one resource adapter for life [Jakarta Connectors 2.1, 5.3.3]. */
final class Association {

    private Association() {
    }

    static void checkFirst(ResourceAdapter present, ResourceAdapter next) throws ResourceException {
        if (present != null && present != next) {
            throw new IllegalStateException("belongs to a resource adapter already");
        }
    }
}
