package io.thingport.platform.access;

import io.thingport.mqtt.ReasonCode;

/**
 * Something a device or caller asked for is refused.
 *
 * @param reason the code that says it on the wire
 * @param why    names what is wrong and what is allowed; goes to the log and, in 5.0, to the device
 */
public record Refusal(ReasonCode reason, String why) implements Admission.Examination, Admission.Verdict {
}
