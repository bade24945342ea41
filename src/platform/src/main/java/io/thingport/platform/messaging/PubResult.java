package io.thingport.platform.messaging;

import io.thingport.mqtt.SendOutcome;

/**
 * What became of a message to a device.
 *
 * @param messageId its id, positive; given whatever the outcome
 */
public record PubResult(long messageId, SendOutcome outcome) {
}
