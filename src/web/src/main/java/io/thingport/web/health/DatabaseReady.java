package io.thingport.web.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the database answers within a second. */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {

    private static final long LIMIT_MILLIS = 1000;

    @Resource(lookup = "jdbc/thingport")
    private DataSource dataSource;

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    private DatabaseProbe probe;

    @PostConstruct
    void start() {
        probe = new DatabaseProbe(dataSource, executor);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(probe.answers(LIMIT_MILLIS)).build();
    }
}
