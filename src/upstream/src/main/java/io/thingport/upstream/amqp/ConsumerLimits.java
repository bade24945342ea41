package io.thingport.upstream.amqp;

/**
 * How much there may be of consumers.
 *
 * @param group       connections of a consumer group at once
 * @param client      connections of one client id of an access key at once
 * @param attempts    connections of a consumer group within any minute
 * @param strangers   connections at once that have not logged in
 * @param idleMinimum the least idle time-out that a consumer may announce, in milliseconds
 * @param idleMaximum the most
 * @param times       how long what may take
 */
record ConsumerLimits(int group, int client, int attempts, int strangers, int idleMinimum, int idleMaximum,
        ConsumerTimes times) {

    /** The vendor's, but for strangers, of whom it says nothing. */
    static final ConsumerLimits VENDOR = new ConsumerLimits(64, 128, 100, 1_000, 30_000, 300_000, ConsumerTimes.VENDOR);
}
