/**
 * Whole fleets in and out, as CSV.
 *
 * <p>{@link io.thingport.platform.transfer.Imports} and {@link io.thingport.platform.transfer.Exports} are called on threads
 * that may block; an import goes on in the background, on one thread of the managed executor.
 */
package io.thingport.platform.transfer;
