/**
 * What outlives a connection and a process: the sessions of devices and the QoS 1 messages that wait in them.
 *
 * <p>One {@link io.thingport.platform.store.StoreWriter} per server writes, on a thread of its own; whoever changes something
 * hands it a {@link io.thingport.platform.store.Change} and is told on its event loop when it is committed. Reading blocks
 * and happens on threads that may.
 */
package io.thingport.platform.store;
