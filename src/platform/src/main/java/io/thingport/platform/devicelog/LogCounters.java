package io.thingport.platform.devicelog;

import java.time.Duration;

/**
 * What became of entries since the start, and what is there now.
 *
 * @param waiting       entries that are not written yet, now
 * @param oldestWaiting for how long the oldest of them has waited
 * @param dropped       entries that were not taken because too many waited
 * @param written       entries that were written
 * @param refused       entries that the database will never take
 * @param deleted       entries whose time was over, or that were too many
 * @param kept          entries in the database, now
 * @param failing       whether nothing can be written, now
 */
public record LogCounters(int waiting, Duration oldestWaiting, long dropped, long written, long refused, long deleted,
        long kept, boolean failing) {
}
