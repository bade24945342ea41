package io.thingport.web.metrics;

import io.thingport.platform.audit.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What the audit trail has to say. */
@ApplicationScoped
class AuditMetrics {

    @Inject
    private Refusals refusals;

    void register(MetricRegistry registry) {
        registry.gauge(Metrics.metadata("audit_missed_total",
                "Refusals not entered into the audit trail: too many, or the database did not take them"), refusals,
                Refusals::missed);
    }
}
