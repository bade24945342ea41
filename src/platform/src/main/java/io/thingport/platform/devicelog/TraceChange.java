package io.thingport.platform.devicelog;

import io.thingport.mqtt.DeviceKey;
import java.util.Optional;

/**
 * CDI event within the transaction: this holds for a device once it commits.
 *
 * @param trace empty where there is none any more
 */
public record TraceChange(DeviceKey device, Optional<Trace> trace) {
}
