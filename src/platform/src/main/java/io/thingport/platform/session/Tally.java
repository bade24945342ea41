package io.thingport.platform.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts by reason, for a hot path: written by one thread without any fence, read by others who may see it a moment late.
 */
final class Tally<E extends Enum<E>> {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] counts;

    Tally(Class<E> reasons) {
        counts = new long[reasons.getEnumConstants().length];
    }

    void add(E reason) {
        add(reason, 1);
    }

    void add(E reason, int count) {
        int i = reason.ordinal();
        COUNT.setOpaque(counts, i, counts[i] + count);
    }

    /** The present count. From any thread. */
    long get(E reason) {
        return (long) COUNT.getOpaque(counts, reason.ordinal());
    }
}
