/**
 * Secrets in memory ({@link io.thingport.platform.secrets.Secret}, which prints nothing) and at rest
 * ({@link io.thingport.platform.secrets.SecretBox}, which seals them with the master key).
 *
 * <p>Every type is immutable and may be used from any thread.
 */
package io.thingport.platform.secrets;
