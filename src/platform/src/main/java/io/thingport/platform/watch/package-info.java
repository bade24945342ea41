/**
 * Shows what devices of a product do, while they do it, to those who watch: bounded, in memory, without a promise.
 *
 * <p>Loops offer what devices of watched products publish and never wait; one thread of the executor at a time gives it to
 * the watched products, whose locks are held for moments. Whoever watches takes from there at its own pace. Of a product
 * that nobody watches nothing comes here.
 */
package io.thingport.platform.watch;
