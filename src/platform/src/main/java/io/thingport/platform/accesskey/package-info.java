/**
 * Access keys: who calls the business APIs, what for, to which products and how often.
 *
 * <p>{@link io.thingport.platform.accesskey.AccessKeys} changes them in the database, on any thread that may block;
 * {@link io.thingport.platform.accesskey.KnownKeys} has all of them in memory, for every thread.
 */
package io.thingport.platform.accesskey;
