package io.thingport.web.health;

import io.thingport.platform.upstream.Handover;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the message engine takes messages for consumer groups. */
@Readiness
@ApplicationScoped
public class UpstreamReady implements HealthCheck {

    @Inject
    private Handover handover;

    @Override
    public HealthCheckResponse call() {
        boolean ready = handover.status().ready();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("upstream").status(ready);
        if (!ready) {
            response.withData("problem", "the message engine takes no messages; the log says why");
        }
        return response.build();
    }
}
