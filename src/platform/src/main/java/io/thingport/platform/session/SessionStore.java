package io.thingport.platform.session;

import io.thingport.platform.store.SessionIds;
import io.thingport.platform.store.SessionSource;
import io.thingport.platform.store.StoreWriter;
import java.util.concurrent.Executor;

/**
 * Where sessions and messages are kept that outlive connections; each part may be used from any thread.
 *
 * @param ids      names new sessions
 * @param source   reads; blocks
 * @param executor bounded; runs what blocks
 */
public record SessionStore(SessionIds ids, SessionSource source, StoreWriter writer, Executor executor) {
}
