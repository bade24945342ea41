/**
 * The MQTT protocol on one connection: codec, handshake, acknowledgement, windows, aliases and keep-alive, for MQTT 3.1,
 * 3.1.1 and 5.0. Everything here runs on the event loop that the connection belongs to; {@link
 * io.thingport.mqtt.protocol.EventLoopState} holds what the connections of one loop share. Nothing here knows how bytes
 * reach the loop.
 */
package io.thingport.mqtt.protocol;
