package io.thingport.platform.limits;

/**
 * Counts what is sent to one device: what applications send, and what has waited. They are apart, so that a backlog on its
 * way does not turn new messages away.
 *
 * @param rates   what it was made of
 * @param intake  for messages and calls as applications send them
 * @param backlog for messages that have waited
 */
public record DownLimit(DeviceRates rates, Flow intake, Flow backlog) {

    /** Lets everything pass. */
    public static final DownLimit NONE = new DownLimit(DeviceRates.NONE, Flow.UNLIMITED, Flow.UNLIMITED);

    public static DownLimit of(DeviceRates rates, long now) {
        return new DownLimit(rates, Flow.of(rates, now), Flow.of(rates, now));
    }
}
