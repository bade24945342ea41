/**
 * What business servers receive: which consumer groups get a product's messages, and how these are handed over to the
 * engine that keeps them until a consumer takes them.
 *
 * <p>Loops offer and never wait; one thread hands over in batches. The engine is not known here: it takes part by
 * {@link io.thingport.platform.upstream.UpstreamSink} and {@link io.thingport.platform.upstream.ConsumerQueues}.
 */
package io.thingport.platform.upstream;
