/**
 * Connected devices and what they have: subscriptions, messages that wait, calls.
 *
 * <p>Every device has a home loop, by the hash of its key, and all of a device lives on that loop's thread: no locks. A
 * CONNECT may arrive on another loop and is checked there ({@code Arrivals}); the channel moves home before it is accepted.
 * {@code LoopSessions} is one loop's side of it; {@link io.thingport.platform.session.Loops} is all of them, for other
 * threads, which post to the home loop and get a stage that completes there: who does more in it than map a value
 * continues on an executor.
 */
package io.thingport.platform.session;
