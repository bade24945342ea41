package io.thingport.platform.store;

/**
 * What the writer has done since the start, and what waits now.
 *
 * @param inserted      messages written
 * @param cancelled     messages taken back before they were written
 * @param deleted       messages deleted on behalf of their session
 * @param purged        messages deleted because their session is over
 * @param retries       transactions tried again because the database could not take them
 * @param refused       changes that the database will never take
 * @param queueRefusals messages not taken because too many waited
 * @param waitingRows   messages that wait or are being written
 * @param waitingBytes  of their payloads and topics
 * @param batchSizes    changes in a transaction
 * @param commitMicros  microseconds from the first statement of a transaction to the end of its commit
 */
public record StoreCounters(long inserted, long cancelled, long deleted, long purged, long retries, long refused,
        long queueRefusals, int waitingRows, long waitingBytes, Distribution batchSizes, Distribution commitMicros) {
}
