package io.thingport.web.rest;

import io.thingport.mqtt.CallOutcome;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a call ended. */
@Schema(name = "CallResult", requiredProperties = {"messageId", "outcome"})
public record CallAnswer(
        @Schema(description = "The id in the topic that carried the call; 0 when nothing was sent") String messageId,
        @Schema(enumeration = {"success", "timeout", "offline", "half-connected", "not-subscribed", "no-ext"})
        String outcome,
        @Schema(description = "The reply, with success and when it is text in UTF-8") Optional<String> payload,
        @Schema(description = "The reply in Base64, with success") Optional<String> payloadBase64) {

    /** @throws ProblemException for what is the caller's error or the server's */
    static CallAnswer of(CallOutcome outcome) {
        return switch (outcome.status()) {
            case SUCCESS -> of(outcome, PayloadFields.text(outcome.reply()),
                    Optional.of(PayloadFields.base64(outcome.reply())));
            case TIMEOUT, OFFLINE, HALF_CONNECTED, NOT_SUBSCRIBED, NO_EXT ->
                of(outcome, Optional.empty(), Optional.empty());
            case FORBIDDEN_TOPIC -> throw new ProblemException(ProblemCode.TOPIC_NOT_PERMITTED,
                    "the device may not subscribe to this topic, or it is too long or too deep");
            case UNKNOWN_DEVICE -> throw new ProblemException(ProblemCode.DEVICE_NOT_FOUND, "no such device");
            case TOO_LARGE -> throw new ProblemException(ProblemCode.MESSAGE_TOO_LARGE,
                    "the server or the device takes no packet of this size; nothing was sent");
            case THROTTLED -> throw new ProblemException(ProblemCode.THROTTLED,
                    "more than may be sent to the device, or by the server, in a second; nothing was sent");
            case UNAVAILABLE -> throw new ProblemException(ProblemCode.UNAVAILABLE,
                    "the server is overloaded or not ready; nothing was sent");
        };
    }

    private static CallAnswer of(CallOutcome outcome, Optional<String> payload, Optional<String> payloadBase64) {
        return new CallAnswer(Long.toString(outcome.messageId()), DashedName.of(outcome.status()), payload,
                payloadBase64);
    }
}
