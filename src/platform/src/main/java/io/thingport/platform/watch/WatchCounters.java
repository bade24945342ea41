package io.thingport.platform.watch;

/**
 * What the hub counts; since the start, but for the first two, which are present numbers.
 *
 * @param watchers who watch
 * @param products whose events are kept
 * @param events   that came in
 * @param missed   that a watcher should have seen and did not, each for each watcher
 * @param refused  requests to watch
 */
public record WatchCounters(long watchers, long products, long events, long missed, long refused) {
}
