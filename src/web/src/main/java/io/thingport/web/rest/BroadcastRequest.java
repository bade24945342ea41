package io.thingport.web.rest;

import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.web.problem.FieldErrors;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message to many devices of a product. */
@Schema(name = "Broadcast")
public record BroadcastRequest(
        @Schema(description = "For the devices that have subscribed to it: what follows /broadcast/{productKey}/, or the "
                + "whole topic. Absent: for every connected device of the product") Optional<String> topic,
        @Schema(description = "The payload as text, up to 64 KiB; either this or payloadBase64") Optional<String> payload,
        @Schema(description = "The payload in Base64") Optional<String> payloadBase64) {

    /** A request that keeps the rules. */
    record Content(Optional<TopicName> topic, byte[] payload) {
    }

    /** @throws io.thingport.web.problem.ProblemException when it breaks a rule */
    Content content(String productKey) {
        FieldErrors errors = new FieldErrors();
        Optional<TopicName> name = topic.flatMap(t -> OwnTopic.ofBroadcast(productKey, t, errors));
        byte[] bytes = PayloadFields.bytes(payload, payloadBase64, errors);
        errors.throwIfAny();
        if (bytes.length > Broadcaster.PAYLOAD_MAXIMUM) {
            throw BroadcastAnswer.tooLarge();
        }
        return new Content(name, bytes);
    }
}
