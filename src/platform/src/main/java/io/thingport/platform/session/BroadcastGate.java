package io.thingport.platform.session;

import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicRules;
import io.thingport.platform.limits.Intervals;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.BroadcastResult.Outcome;
import io.thingport.platform.messaging.Broadcaster;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a broadcast has to pass before it goes to the loops. Thread-safe. */
final class BroadcastGate {

    /** Different topics, or products, that may be broadcast to within one interval. */
    static final int NAMES_MAXIMUM = 10_000;

    private final TopicRules rules;
    private final PacketLimit limit;
    private final LongSupplier nanoTime;
    private final Intervals products = new Intervals(Broadcaster.PRODUCT_INTERVAL, NAMES_MAXIMUM);
    private final Intervals topics = new Intervals(Broadcaster.TOPIC_INTERVAL, NAMES_MAXIMUM);

    BroadcastGate(TopicRules rules, PacketLimit limit, LongSupplier nanoTime) {
        this.rules = rules;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Why a broadcast may not go on; empty when it may: then it counts as sent. */
    Optional<BroadcastResult> refusal(Broadcast broadcast) {
        Optional<TopicName> topic = broadcast.topic();
        if (topic.isPresent() && !rules.isBroadcast(broadcast.productKey(), topic.get())) {
            return Optional.of(BroadcastResult.refused(Outcome.FORBIDDEN_TOPIC));
        }
        int size = broadcast.payload().length();
        if (size > Broadcaster.PAYLOAD_MAXIMUM || topic.isPresent() && limit.isExceededBy(topic.get(), size)) {
            return Optional.of(BroadcastResult.refused(Outcome.TOO_LARGE));
        }
        long now = nanoTime.getAsLong();
        long wait = topic.isPresent() ? topics.take(topic.get().toString(), now)
                : products.take(broadcast.productKey(), now);
        return wait > 0 ? Optional.of(BroadcastResult.tooOften(Duration.ofNanos(wait))) : Optional.empty();
    }
}
