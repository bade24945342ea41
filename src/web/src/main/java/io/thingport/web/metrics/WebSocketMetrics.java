package io.thingport.web.metrics;

import io.thingport.web.DashedName;
import io.thingport.web.websocket.Refusal;
import io.thingport.web.websocket.Refusals;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The metrics of those who ask for a WebSocket. */
@Dependent
class WebSocketMetrics {

    @Inject
    private Refusals refusals;

    void register(MetricRegistry registry) {
        for (Refusal refusal : Refusal.values()) {
            registry.gauge(Metrics.metadata("websocket_refused_total", "Requests for a WebSocket that were refused, by reason"),
                    refusals, r -> r.count(refusal), new Tag("reason", DashedName.of(refusal)));
        }
    }
}
