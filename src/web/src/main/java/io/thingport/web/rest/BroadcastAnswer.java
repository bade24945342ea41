package io.thingport.web.rest;

import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a broadcast. */
@Schema(name = "BroadcastResult", requiredProperties = {"messageId", "sent"})
public record BroadcastAnswer(
        @Schema(description = "A decimal number of up to 19 digits; without a topic the last level of each device's topic")
        String messageId,
        @Schema(description = "To so many devices it went") int sent) {

    /** @throws ProblemException for what is the sender's error or the server's */
    static BroadcastAnswer of(BroadcastResult result) {
        return switch (result.outcome()) {
            case SENT -> new BroadcastAnswer(Long.toString(result.messageId()), result.sent());
            case FORBIDDEN_TOPIC -> throw new ProblemException(ProblemCode.TOPIC_NOT_PERMITTED,
                    "not a topic below /broadcast/ and the product key, or it is too long or too deep");
            case TOO_LARGE -> throw tooLarge();
            case TOO_OFTEN -> throw ProblemException.throttled("one broadcast in "
                    + Broadcaster.PRODUCT_INTERVAL.toSeconds() + " seconds to all devices of a product, in "
                    + Broadcaster.TOPIC_INTERVAL.toSeconds() + " on a topic; nothing was sent", result.pause());
            case UNAVAILABLE -> throw new ProblemException(ProblemCode.UNAVAILABLE,
                    "the server is overloaded or not ready; nothing was sent");
        };
    }

    static ProblemException tooLarge() {
        return new ProblemException(ProblemCode.MESSAGE_TOO_LARGE, "a broadcast has at most "
                + Broadcaster.PAYLOAD_MAXIMUM + " bytes of payload, and the server's packets have their limit");
    }
}
