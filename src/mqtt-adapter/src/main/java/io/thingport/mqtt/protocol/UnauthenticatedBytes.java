package io.thingport.mqtt.protocol;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes held for all connections of a server whose CONNECT is not accepted yet, that CONNECT among them. Thread-safe.
 */
public final class UnauthenticatedBytes {

    private final long maximum;
    private final AtomicLong held = new AtomicLong();

    /** @param maximum bytes at most */
    public UnauthenticatedBytes(long maximum) {
        this.maximum = maximum;
    }

    /**
     * Notes that bytes are held, or with a negative number that they are held no longer.
     *
     * @return false when they would be too many; they are not noted then
     */
    boolean add(int bytes) {
        if (held.addAndGet(bytes) > maximum && bytes > 0) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Notes that bytes are held no longer. */
    void remove(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
