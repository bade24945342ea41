package io.thingport.platform.dashboard;

/**
 * What is counted of dashboards; since the start, but for {@code connections}, which is the present number.
 *
 * @param connections      dashboards that are connected or about to be
 * @param refused          connections that were one too many
 * @param shown            messages sent to dashboards
 * @param dropped          messages not sent, because a dashboard took no more or not so large a one
 * @param stalled          connections closed for taking nothing
 * @param refusedPublishes publishes that went to no device because they may not, or were too many
 */
public record DashboardCounters(long connections, long refused, long shown, long dropped, long stalled,
        long refusedPublishes) {
}
