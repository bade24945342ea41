package io.thingport.mqtt.protocol;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of a server whose CONNECT is not accepted yet, and the bytes held for them, that CONNECT among them.
 * Thread-safe.
 */
public final class Unauthenticated {

    private final long bytesMaximum;
    private final int connectionsMaximum;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param bytesMaximum       bytes at most
     * @param connectionsMaximum connections from which on it is full
     */
    public Unauthenticated(long bytesMaximum, int connectionsMaximum) {
        this.bytesMaximum = bytesMaximum;
        this.connectionsMaximum = connectionsMaximum;
    }

    /**
     * Notes that bytes are held, or with a negative number that they are held no longer.
     *
     * @return false when they would be too many; they are not noted then
     */
    public boolean add(int more) {
        if (bytes.addAndGet(more) > bytesMaximum && more > 0) {
            bytes.addAndGet(-more);
            return false;
        }
        return true;
    }

    /** Notes that bytes are held no longer. */
    public void remove(int fewer) {
        bytes.addAndGet(-fewer);
    }

    /** Whether there are as many connections as may be. */
    public boolean full() {
        return connections.get() >= connectionsMaximum;
    }

    /** The connections there are. */
    public int connections() {
        return connections.get();
    }

    void enter() {
        connections.incrementAndGet();
    }

    void leave() {
        connections.decrementAndGet();
    }

    long bytes() {
        return bytes.get();
    }
}
