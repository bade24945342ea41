package io.thingport.platform.apply;

import java.time.Instant;

/**
 * An apply for devices.
 *
 * @param id      unique in the installation, positive
 * @param devices how many are applied for, 1 to {@link DeviceApplies#DEVICES_MAXIMUM}
 */
public record DeviceApply(long id, String productKey, ApplyState state, int devices, Instant createdAt) {
}
