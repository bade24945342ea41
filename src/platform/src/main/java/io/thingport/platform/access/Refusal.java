package io.thingport.platform.access;

import io.thingport.mqtt.ReasonCode;
import java.util.Optional;

/**
 * Something a device or caller asked for is refused.
 *
 * @param reason the code that says it on the wire
 * @param why    names what is wrong and what is allowed; goes to the server's log and, in 5.0, to the device
 * @param guess  whether it may have been an attempt to guess: nothing was proven
 * @param truth  what the device log says, where that is more than the device is told
 */
public record Refusal(ReasonCode reason, String why, boolean guess, Optional<Truth> truth)
        implements Admission.Examination, Admission.Verdict {

    /**
     * For operators alone.
     *
     * @param code as the Aliyun IoT Platform counts such things
     */
    public record Truth(int code, String why) {
    }

    /** A guess when the credentials are bad. */
    public Refusal(ReasonCode reason, String why) {
        this(reason, why, reason == ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    public Refusal(ReasonCode reason, String why, boolean guess) {
        this(reason, why, guess, Optional.empty());
    }

    /** The same, of which the device log is told this. */
    public Refusal logged(Truth told) {
        return new Refusal(reason, why, guess, Optional.of(told));
    }
}
