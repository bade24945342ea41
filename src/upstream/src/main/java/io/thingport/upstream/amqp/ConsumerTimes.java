package io.thingport.upstream.amqp;

import java.time.Duration;

/**
 * How long what may take on a consumer's connection.
 *
 * @param authenticate from the connection to its Open, or to its login with Jakarta Messaging
 * @param attach       from Open to the first receiver link
 * @param acknowledge  from the sending of a message to its outcome
 * @param remember     how long an answer of the access keys counts
 * @param recheck      how often a connection's login is checked again
 * @param tick         how often the time is looked at
 */
record ConsumerTimes(Duration authenticate, Duration attach, Duration acknowledge, Duration remember, Duration recheck,
        Duration tick) {

    /** The first three are the vendor's. */
    static final ConsumerTimes VENDOR = new ConsumerTimes(Duration.ofSeconds(15), Duration.ofSeconds(15),
            Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(1));
}
