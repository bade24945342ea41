/**
 * Event loops, listeners and their life: what brings bytes to {@link io.thingport.mqtt.protocol}. Called by the connector
 * and the application from any thread; the loops' own work runs on the threads that the connector gives.
 */
package io.thingport.mqtt.transport;
