package io.thingport.web.metrics;

import io.thingport.platform.store.Distribution;
import io.thingport.platform.store.Distribution.Bucket;
import io.thingport.platform.store.GroupCommitWriter;
import io.thingport.platform.store.StoreCounters;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The metrics of the store's writer. Distributions have the form of Prometheus' histograms: {@code _bucket} with the label
 * {@code le}, {@code _sum} and {@code _count}.
 */
@Dependent
class StoreMetrics {

    private static final double MICROS_PER_SECOND = 1e6;

    @Inject
    private GroupCommitWriter writer;

    void register(MetricRegistry registry) {
        number(registry, "queue_messages", "Messages that wait for the database or are being written",
                StoreCounters::waitingRows);
        number(registry, "queue_bytes", "Bytes of payload and topic of messages that wait for the database",
                StoreCounters::waitingBytes);
        number(registry, "queue_refused_total", "Messages not taken because too many waited for the database",
                StoreCounters::queueRefusals);
        number(registry, "inserted_total", "Messages written to the database", StoreCounters::inserted);
        number(registry, "cancelled_total", "Messages acknowledged before they were written",
                StoreCounters::cancelled);
        number(registry, "deleted_total", "Messages deleted because they were acknowledged or dropped",
                StoreCounters::deleted);
        number(registry, "purged_total", "Messages deleted because their session is over", StoreCounters::purged);
        number(registry, "retries_total", "Attempts after which the same was tried again", StoreCounters::retries);
        number(registry, "refused_total", "Changes that the database will never take", StoreCounters::refused);
        number(registry, "failing", "1 while nothing can be written, else 0",
                c -> writer.status().failingSince().isPresent() ? 1 : 0);
        histogram(registry, "batch_changes", "Changes in one transaction", StoreCounters::batchSizes, 1);
        histogram(registry, "commit_seconds", "Time from the first statement of a transaction to the end of its commit",
                StoreCounters::commitMicros, MICROS_PER_SECOND);
    }

    private void number(MetricRegistry registry, String name, String description, Function<StoreCounters, Number> value,
            Tag... tags) {
        registry.gauge(Metrics.metadata("store_" + name, description), writer, w -> value.apply(w.counters()), tags);
    }

    private void histogram(MetricRegistry registry, String name, String description,
            Function<StoreCounters, Distribution> distribution, double unit) {
        List<Bucket> buckets = distribution.apply(writer.counters()).buckets();
        for (int i = 0; i < buckets.size(); i++) {
            int bucket = i;
            number(registry, name + "_bucket", description, c -> distribution.apply(c).buckets().get(bucket).count(),
                    new Tag("le", BigDecimal.valueOf(buckets.get(i).bound() / unit).stripTrailingZeros().toPlainString()));
        }
        number(registry, name + "_bucket", description, c -> distribution.apply(c).count(), new Tag("le", "+Inf"));
        number(registry, name + "_sum", description + ", summed up", c -> distribution.apply(c).sum() / unit);
        number(registry, name + "_count", description + ", how many", c -> distribution.apply(c).count());
    }
}
