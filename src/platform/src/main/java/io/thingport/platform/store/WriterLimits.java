package io.thingport.platform.store;

import java.time.Duration;

/**
 * What a {@link GroupCommitWriter} takes, and how long it waits.
 *
 * @param waitingRows  messages that may wait
 * @param waitingBytes of payload and topic that may wait
 * @param batchRows    changes in one transaction at most
 * @param batchBytes   of payload and topic in one transaction, exceeded by one message at most
 * @param purgeRows    messages of ended sessions deleted in one transaction
 * @param firstPause   until the first attempt after a failure; each later one waits twice as long
 * @param longestPause between two attempts
 * @param stopTime     what may still be written after {@link GroupCommitWriter#stop}
 */
public record WriterLimits(int waitingRows, long waitingBytes, int batchRows, int batchBytes, int purgeRows,
        Duration firstPause, Duration longestPause, Duration stopTime) {

    private static final int MIB = 1024 * 1024;

    public static final WriterLimits DEFAULTS = new WriterLimits(100_000, 256L * MIB, 1000, MIB, 500,
            Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(5));
}
