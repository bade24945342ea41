package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.session.Loops;
import io.thingport.web.problem.FieldErrors;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A call of one device. */
@Schema(name = "Call")
public record CallRequest(
        @Schema(description = "For the custom topic form: what follows the device name, such as user/get, or the whole "
                + "topic. Absent for the system topic form") Optional<String> topic,
        @Schema(description = "The payload as text; either this or payloadBase64") Optional<String> payload,
        @Schema(description = "The payload in Base64") Optional<String> payloadBase64,
        @Schema(description = "How long to wait for the reply", minimum = "1000", maximum = "8000",
                defaultValue = "5000") Optional<Integer> timeoutMillis) {

    private static final long TIMEOUT_MINIMUM = Loops.CALL_MINIMUM.toMillis();
    private static final long TIMEOUT_MAXIMUM = Loops.CALL_MAXIMUM.toMillis();
    private static final int TIMEOUT_DEFAULT = 5000;

    /** A request that keeps the rules. */
    record Call(Optional<TopicName> topic, byte[] payload, Duration timeout) {
    }

    /** @throws io.thingport.web.problem.ProblemException when it breaks a rule */
    Call call(DeviceKey device) {
        FieldErrors errors = new FieldErrors();
        Optional<TopicName> name = topic.flatMap(t -> OwnTopic.ofCall(device, t, errors));
        int millis = timeoutMillis.orElse(TIMEOUT_DEFAULT);
        errors.check(millis >= TIMEOUT_MINIMUM && millis <= TIMEOUT_MAXIMUM, "timeoutMillis",
                "has to be " + TIMEOUT_MINIMUM + " to " + TIMEOUT_MAXIMUM);
        byte[] bytes = PayloadFields.bytes(payload, payloadBase64, errors);
        errors.throwIfAny();
        return new Call(name, bytes, Duration.ofMillis(millis));
    }
}
