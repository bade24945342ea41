package io.thingport.web.health;

import io.thingport.platform.store.GroupCommitWriter;
import io.thingport.platform.store.StoreStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while messages and sessions cannot be written and could not for some seconds: the database is away, read-only
 * or out of space. Tells why.
 */
@Readiness
@ApplicationScoped
public class StoreReady implements HealthCheck {

    /** A connection that broke and was opened again is no outage. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    private GroupCommitWriter writer;
    @Inject
    private Clock clock;

    @Override
    public HealthCheckResponse call() {
        return response(writer.status(), clock.instant());
    }

    static HealthCheckResponse response(StoreStatus status, Instant now) {
        boolean ready = status.failingSince().map(since -> since.plus(PATIENCE).isAfter(now)).orElse(true);
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store").status(ready);
        if (!ready) {
            response.withData("failingSince", status.failingSince().orElseThrow().toString());
            status.problem().ifPresent(problem -> response.withData("problem", problem));
        }
        return response.build();
    }
}
