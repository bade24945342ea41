package io.thingport.upstream.amqp;

import java.time.Duration;

/**
 * What a consumer may do and how long it may take.
 *
 * @param group        connections of a consumer group at once
 * @param client       connections of one client id of an access key at once
 * @param attempts     connections of a consumer group within any minute
 * @param idleMinimum  the least idle time-out that a consumer may announce, in milliseconds
 * @param idleMaximum  the most
 * @param authenticate from the connection to its Open
 * @param attach       from Open to the first receiver link
 * @param acknowledge  from the sending of a message to its outcome
 * @param tick         how often times are looked at
 */
record ConsumerLimits(int group, int client, int attempts, int idleMinimum, int idleMaximum, Duration authenticate,
        Duration attach, Duration acknowledge, Duration tick) {

    /** The vendor's. */
    static final ConsumerLimits VENDOR = new ConsumerLimits(64, 128, 100, 30_000, 300_000, Duration.ofSeconds(15),
            Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(1));
}
