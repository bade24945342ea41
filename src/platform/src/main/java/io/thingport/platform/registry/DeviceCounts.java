package io.thingport.platform.registry;

/**
 * How many devices there are.
 *
 * @param activated how many of them have ever connected
 */
public record DeviceCounts(long all, long activated) {
}
