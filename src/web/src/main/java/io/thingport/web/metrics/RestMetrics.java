package io.thingport.web.metrics;

import io.thingport.platform.accesskey.CallRates;
import io.thingport.platform.audit.Refusals;
import io.thingport.web.rest.Repetitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What the REST API and the audit trail have to say. */
@ApplicationScoped
class RestMetrics {

    @Inject
    private Refusals refusals;
    @Inject
    private CallRates rates;
    @Inject
    private Repetitions repetitions;

    void register(MetricRegistry registry) {
        registry.gauge(Metrics.metadata("audit_missed_total",
                "Refusals not entered into the audit trail: too many, or the database did not take them"), refusals,
                Refusals::missed);
        registry.gauge(Metrics.metadata("throttled_calls_total",
                "Requests refused because their access key or token made too many"), rates, CallRates::refused);
        registry.gauge(Metrics.metadata("idempotency_keys", "Idempotency keys that are remembered"), repetitions,
                Repetitions::keys);
        registry.gauge(Metrics.metadata("idempotency_repeated_total", "Answers given again to the same idempotency key"),
                repetitions, Repetitions::repeated);
        registry.gauge(Metrics.metadata("idempotency_refused_total",
                "Requests refused because too many idempotency keys are remembered"), repetitions, Repetitions::refused);
    }
}
