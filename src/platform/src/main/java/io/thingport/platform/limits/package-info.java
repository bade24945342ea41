/**
 * Rates: how often something may happen, and what counts it. Plain objects without a clock: each is told the time, in
 * nanoseconds of {@link System#nanoTime}, which no change of the wall clock moves. {@link
 * io.thingport.platform.limits.SlidingWindow} is for one thread, the rest for any.
 */
package io.thingport.platform.limits;
