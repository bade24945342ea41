package io.thingport.platform.store;

/**
 * What is stored of a session besides its messages.
 *
 * @param deviceId       of the device's row
 * @param sessionId      see {@link SessionIds}; a clean start begins a session with a new one
 * @param expirySeconds  Session Expiry Interval, {@link #NEVER_EXPIRES} for never
 * @param expiresMillis  when it expires, in milliseconds since 1970; {@link #CONNECTED} while it cannot, because its device
 *                       is connected; {@link #NEVER} when it never does
 * @param run            the run of the server that stored this, see {@link SessionIds#run}
 * @param sentThrough    messages up to this number may have been sent; 0 for none
 * @param subscriptions  what it is subscribed to
 */
public record SessionState(long deviceId, long sessionId, long expirySeconds, long expiresMillis, long run,
        long sentThrough, SubscriptionState subscriptions) {

    /** The Session Expiry Interval that means never [MQTT 5, 3.1.2.11.2]. */
    public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;
    /** An {@link #expiresMillis()} that never comes. */
    public static final long NEVER = Long.MAX_VALUE;
    /** An {@link #expiresMillis()} that begins to run when the connection ends. */
    public static final long CONNECTED = Long.MAX_VALUE - 1;
}
