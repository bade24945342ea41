package io.thingport.web.metrics;

import io.thingport.platform.dashboard.DashboardCounters;
import io.thingport.platform.dashboard.Dashboards;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The metrics of dashboards that connect over MQTT. */
@Dependent
class DashboardMetrics {

    @Inject
    private Dashboards dashboards;

    void register(MetricRegistry registry) {
        number(registry, "connections", "Dashboards that are connected", DashboardCounters::connections);
        number(registry, "refused_total", "Dashboards that were one too many", DashboardCounters::refused);
        number(registry, "messages_total", "Messages sent to dashboards", DashboardCounters::shown);
        number(registry, "drops_total", "Messages not sent to dashboards that took no more", DashboardCounters::dropped);
        number(registry, "stalled_total", "Dashboards closed for taking nothing", DashboardCounters::stalled);
        number(registry, "refused_publishes_total", "Publishes of dashboards that went to no device",
                DashboardCounters::refusedPublishes);
    }

    private void number(MetricRegistry registry, String name, String description,
            ToLongFunction<DashboardCounters> value) {
        registry.gauge(Metrics.metadata("dashboard_" + name, description), dashboards,
                d -> value.applyAsLong(d.counters()));
    }
}
