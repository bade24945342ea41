/**
 * RRPC: the application calls a device and waits for its reply. {@link io.thingport.platform.rrpc.RrpcCaller} may be
 * called from any thread; a call lives on the device's home loop and no thread waits for it.
 */
package io.thingport.platform.rrpc;
