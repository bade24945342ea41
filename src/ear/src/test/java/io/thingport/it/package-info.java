/**
 * System tests: the packaged server in a process of its own, real MQTT clients, real HTTP.
 *
 * <p>One server serves all tests that leave it as it was ({@link io.thingport.it.SharedServer}); a test that stops one,
 * or needs it set up differently, starts its own ({@link io.thingport.it.ThingportServer}). Tests share no device:
 * {@link io.thingport.it.Fleet} makes what a test needs. Nothing sleeps; everything waits for its condition until
 * {@link io.thingport.it.Deadline}.
 */
package io.thingport.it;
