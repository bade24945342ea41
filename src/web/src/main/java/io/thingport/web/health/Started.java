package io.thingport.web.health;

import io.thingport.platform.start.StartProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started, and not ready before, when the platform has run its start to the end; says what it waits for until then. */
@Startup
@Readiness
@ApplicationScoped
public class Started implements HealthCheck {

    @Inject
    private StartProgress progress;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("platform").status(progress.obstacle().isEmpty());
        progress.obstacle().ifPresent(obstacle -> response.withData("problem", obstacle));
        return response.build();
    }
}
