package io.thingport.web.metrics;

import io.thingport.platform.upstream.ConsumerEvent;
import io.thingport.platform.upstream.ConsumerEvents;
import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.ConsumerQueues.Totals;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.Handover;
import io.thingport.platform.upstream.UpstreamException;
import io.thingport.web.DashedName;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The metrics of what goes to consumer groups. Those of the message engine are 0 while it is away. */
@Dependent
class UpstreamMetrics {

    private static final Totals NONE = new Totals(0, 0, 0);
    private static final String DROPS = "Messages for a consumer group dropped, by reason, since the engine's start";

    @Inject
    private Handover handover;
    @Inject
    private Engine engine;
    @Inject
    private ConsumerEvents events;

    void register(MetricRegistry registry) {
        handover(registry, "messages_total", "Messages that the message engine has taken", Handover.Status::handedOver);
        handover(registry, "repeated_total", "Messages of batches that the message engine did not take at once",
                Handover.Status::repeated);
        handover(registry, "waiting_bytes", "Bytes of messages that wait for the message engine", Handover.Status::bytes);
        engine(registry, "backlog_messages", "Messages that wait for all consumer groups together", Totals::waiting);
        engine(registry, "drops_total", DROPS, Totals::full, new Tag("reason", "group-full"));
        engine(registry, "drops_total", DROPS, Totals::expired, new Tag("reason", "expired"));
        for (ConsumerEvent event : ConsumerEvent.values()) {
            registry.gauge(Metrics.metadata("upstream_consumer_events_total",
                    "What was refused to consumers or came back from them, by event"), events,
                    from -> from.counted(event), new Tag("event", DashedName.of(event)));
        }
    }

    private void handover(MetricRegistry registry, String name, String description,
            ToLongFunction<Handover.Status> value) {
        registry.gauge(Metrics.metadata("upstream_" + name, description), handover,
                from -> value.applyAsLong(from.status()));
    }

    private void engine(MetricRegistry registry, String name, String description, ToLongFunction<Totals> value,
            Tag... tags) {
        registry.gauge(Metrics.metadata("upstream_" + name, description), engine,
                from -> value.applyAsLong(totals(from.queues())), tags);
    }

    private static Totals totals(Optional<ConsumerQueues> queues) {
        try {
            return queues.isPresent() ? queues.get().totals() : NONE;
        } catch (UpstreamException e) {
            return NONE; // readiness tells
        }
    }
}
