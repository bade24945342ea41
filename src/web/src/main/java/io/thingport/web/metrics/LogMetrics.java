package io.thingport.web.metrics;

import io.thingport.platform.devicelog.LiveLog;
import io.thingport.platform.devicelog.LogCounters;
import io.thingport.platform.devicelog.LogWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The metrics of the device log. */
@Dependent
class LogMetrics {

    private static final double MILLIS_PER_SECOND = 1_000;

    @Inject
    private LogWriter writer;
    @Inject
    private LiveLog live;

    void register(MetricRegistry registry) {
        number(registry, "waiting", "Entries that are not written yet", LogCounters::waiting);
        number(registry, "oldest_waiting_seconds", "How long the oldest of these has waited",
                c -> c.oldestWaiting().toMillis() / MILLIS_PER_SECOND);
        number(registry, "dropped_total", "Entries dropped because too many waited", LogCounters::dropped);
        number(registry, "written_total", "Entries written", LogCounters::written);
        number(registry, "refused_total", "Entries that the database will never take", LogCounters::refused);
        number(registry, "deleted_total", "Entries deleted because they were too old or too many", LogCounters::deleted);
        number(registry, "kept", "Entries in the database", LogCounters::kept);
        number(registry, "failing", "1 while nothing can be written, else 0", c -> c.failing() ? 1 : 0);
        registry.gauge(Metrics.metadata("log_followers", "Who follows the device log"), live,
                l -> l.counters().followers());
        registry.gauge(Metrics.metadata("log_missed_total", "Entries that those who follow the device log were too slow for"),
                live, l -> l.counters().missed());
        registry.gauge(Metrics.metadata("log_followers_refused_total", "Requests to follow the device log that were refused"),
                live, l -> l.counters().refused());
    }

    private void number(MetricRegistry registry, String name, String description, ToDoubleFunction<LogCounters> value) {
        registry.gauge(Metrics.metadata("log_" + name, description), writer, w -> value.applyAsDouble(w.counters()));
    }
}
