package io.thingport.platform.messaging;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The ids of messages and calls: positive, decimal 19 digits, each given once. They start anywhere, so that the ids of two
 * runs of the server do not meet. Thread-safe.
 */
public final class MessageIds {

    private static final long LEAST_START = 1L << 60;
    private static final long MOST_START = 1L << 62;

    private final AtomicLong next;

    public MessageIds(RandomGenerator random) {
        next = new AtomicLong(random.nextLong(LEAST_START, MOST_START));
    }

    /** A new id. */
    public long next() {
        return next.getAndIncrement();
    }
}
