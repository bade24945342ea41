/**
 * A business server in one small application: a message-driven bean receives what devices publish, passes over what it has
 * seen before, answers where an answer is asked for, and shows the latest.
 *
 * <p>The bean runs on threads of the adapter's pool, one message after another with the sample's configuration; the page on
 * threads of the container.
 */
package io.thingport.sample;
