package io.thingport.platform.access;

import io.thingport.mqtt.ReasonCode;

/**
 * Something a device or caller asked for is refused.
 *
 * @param reason the code that says it on the wire
 * @param why    names what is wrong and what is allowed; goes to the log and, in 5.0, to the device
 * @param guess  whether it may have been an attempt to guess: nothing was proven
 */
public record Refusal(ReasonCode reason, String why, boolean guess) implements Admission.Examination, Admission.Verdict {

    /** A guess when the credentials are bad. */
    public Refusal(ReasonCode reason, String why) {
        this(reason, why, reason == ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }
}
