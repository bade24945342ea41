package io.thingport.web.metrics;

import io.thingport.web.DashedName;
import io.thingport.web.openapi.ApiCounters;
import io.thingport.web.openapi.ApiCounters.Outcome;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The metrics of the vendor's API. */
@Dependent
class VendorApiMetrics {

    @Inject
    private ApiCounters counters;

    void register(MetricRegistry registry) {
        for (String operation : counters.operations()) {
            for (Outcome outcome : Outcome.values()) {
                registry.gauge(Metrics.metadata("vendor_api_calls_total", "Calls of the vendor's API, by operation and outcome"),
                        counters, c -> c.calls(operation, outcome), new Tag("operation", operation),
                        new Tag("outcome", DashedName.of(outcome)));
            }
        }
        for (String code : counters.errors()) {
            registry.gauge(Metrics.metadata("vendor_api_refused_total", "Requests that the vendor's API refused, by code"),
                    counters, c -> c.errors(code), new Tag("code", code));
        }
    }
}
