/**
 * What the server proves itself with over TLS: read from files of PEM, looked at again and again, handed to the MQTT
 * listeners. Runs on the container's scheduled threads; what it tells may be read from any thread.
 */
package io.thingport.platform.tls;
