package io.thingport.platform.store;

import java.util.List;

/**
 * How values are distributed, since the start.
 *
 * @param buckets by their bounds, rising; the last bound need not be the greatest value
 * @param count   of all values
 * @param sum     of all values
 */
public record Distribution(List<Bucket> buckets, long count, long sum) {

    public Distribution {
        buckets = List.copyOf(buckets);
    }

    /** How many values are up to a bound, that included. */
    public record Bucket(long bound, long count) {
    }
}
