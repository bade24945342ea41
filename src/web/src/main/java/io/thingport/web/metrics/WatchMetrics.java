package io.thingport.web.metrics;

import io.thingport.platform.watch.WatchCounters;
import io.thingport.platform.watch.WatchHub;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The metrics of those who watch devices. */
@Dependent
class WatchMetrics {

    @Inject
    private WatchHub hub;

    void register(MetricRegistry registry) {
        number(registry, "watchers", "Who watches now", WatchCounters::watchers);
        number(registry, "products", "Products whose last events are kept, now", WatchCounters::products);
        number(registry, "events_total", "Events of watched products", WatchCounters::events);
        number(registry, "missed_total", "Events that watchers missed", WatchCounters::missed);
        number(registry, "refused_total", "Requests to watch that were refused", WatchCounters::refused);
    }

    private void number(MetricRegistry registry, String name, String description, ToLongFunction<WatchCounters> value) {
        registry.gauge(Metrics.metadata("watch_" + name, description), hub, h -> value.applyAsLong(h.counters()));
    }
}
