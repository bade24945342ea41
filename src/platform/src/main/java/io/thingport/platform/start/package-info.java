/**
 * Puts the platform together and starts it: the parts that others are given by injection, the database's migrations, and
 * the order in which it all begins and ends.
 *
 * <p>Runs on the server's threads that start and stop applications.
 */
package io.thingport.platform.start;
