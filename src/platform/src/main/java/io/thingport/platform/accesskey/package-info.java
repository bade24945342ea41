/**
 * Access keys: who calls the business APIs and what for.
 *
 * <p>Calls block on the database; from any thread that may block.
 */
package io.thingport.platform.accesskey;
