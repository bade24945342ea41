package io.thingport.upstream;

import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.UpstreamSink;
import java.util.function.BooleanSupplier;

/**
 * An engine that has started.
 *
 * @param running whether it still does
 * @param stop    stops it
 */
record RunningEngine(UpstreamSink sink, ConsumerQueues queues, BooleanSupplier running, Runnable stop) {
}
