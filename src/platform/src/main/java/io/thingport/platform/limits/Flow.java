package io.thingport.platform.limits;

/**
 * Counts messages to one device, their number and their bytes.
 *
 * @param messages lets so many pass
 * @param bytes    lets so many bytes of payload pass
 */
public record Flow(TokenBucket messages, TokenBucket bytes) {

    /** Lets everything pass. */
    public static final Flow UNLIMITED = new Flow(TokenBucket.UNLIMITED, TokenBucket.UNLIMITED);

    static Flow of(DeviceRates rates, long now) {
        return new Flow(TokenBucket.of(rates.messages(), now), TokenBucket.of(rates.bandwidth(), now));
    }

    /** Counts a message; false when it is too much: then it does not count. */
    public boolean take(int size, long now) {
        return pause(size, now) == 0 && messages.take(1, now) && bytes.take(size, now);
    }

    /** Nanoseconds until a message of this size may pass; 0 = now. */
    public long pause(int size, long now) {
        return Math.max(messages.pause(1, now), bytes.pause(size, now));
    }
}
