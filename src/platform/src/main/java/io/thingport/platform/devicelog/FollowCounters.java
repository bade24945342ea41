package io.thingport.platform.devicelog;

/**
 * What became of those who follow the log; since the start, but for the first, which is the present number.
 *
 * @param followers who follow it
 * @param missed    lines that a follower was too slow for, each for each follower
 * @param refused   requests to follow
 */
public record FollowCounters(int followers, long missed, long refused) {
}
