package io.thingport.web.rest;

import io.thingport.mqtt.SendOutcome;
import io.thingport.platform.messaging.PubResult;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a message. */
@Schema(name = "MessageResult", requiredProperties = {"messageId", "outcome"})
public record MessageAnswer(
        @Schema(description = "A decimal number of up to 19 digits") String messageId,
        @Schema(enumeration = {"sent", "stored", "no-session", "not-subscribed"}) String outcome) {

    /** @throws ProblemException for what is the sender's error or the server's */
    static MessageAnswer of(PubResult result) {
        return switch (result.outcome()) {
            case SENT, STORED, NO_SESSION, NOT_SUBSCRIBED ->
                new MessageAnswer(Long.toString(result.messageId()), DashedName.of(result.outcome()));
            case DROPPED -> throw new ProblemException(ProblemCode.MESSAGE_DROPPED,
                    "the device's connection or session takes no more; the message was dropped");
            case TOO_LARGE -> throw new ProblemException(ProblemCode.MESSAGE_TOO_LARGE,
                    "the server or the device takes no packet of this size; the message was dropped");
            case THROTTLED -> throw new ProblemException(ProblemCode.THROTTLED,
                    "more than may be sent to the device, or by the server, in a second; nothing was sent");
            case FORBIDDEN_TOPIC -> throw new ProblemException(ProblemCode.TOPIC_NOT_PERMITTED,
                    "no topic class lets the device subscribe to this topic, or it is too long or too deep");
            case UNKNOWN_DEVICE -> throw new ProblemException(ProblemCode.DEVICE_NOT_FOUND, "no such device");
            case UNAVAILABLE -> throw new ProblemException(ProblemCode.UNAVAILABLE,
                    "the server is overloaded or not ready; nothing was sent");
        };
    }
}
