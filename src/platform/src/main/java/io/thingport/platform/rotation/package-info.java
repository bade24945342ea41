/**
 * Changes the master key of a running server: a new version seals, and what older versions sealed is sealed anew in the
 * background, on a thread of the managed executor.
 */
package io.thingport.platform.rotation;
