package io.thingport.web.rest;

import io.thingport.platform.upstream.ConsumerQueues;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a consumer group is doing. */
@Schema(name = "ConsumerGroupStatus", requiredProperties = {"waiting", "consumers"})
public record ConsumerGroupStatusAnswer(
        @Schema(description = "Messages that no consumer has acknowledged yet") long waiting,
        @Schema(description = "Who is connected") List<ConsumerAnswer> consumers) {

    /** A connected consumer. */
    @Schema(name = "Consumer", requiredProperties = {"clientId", "address", "connectedAt"})
    public record ConsumerAnswer(@Schema(description = "What it calls itself in its user name") String clientId,
            @Schema(description = "Host and port") String address, Instant connectedAt) {

        static ConsumerAnswer of(ConsumerQueues.Consumer consumer) {
            return new ConsumerAnswer(consumer.clientId(), consumer.address(), consumer.connectedAt());
        }
    }

    static ConsumerGroupStatusAnswer of(ConsumerQueues.Status status) {
        return new ConsumerGroupStatusAnswer(status.waiting(),
                status.consumers().stream().map(ConsumerAnswer::of).toList());
    }
}
