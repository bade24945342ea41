/**
 * MQTT over WebSocket [MQTT 5, 6]: the way in, on the paths {@code /mqtt} and {@code /} of the server's HTTP ports, and the
 * bytes of each connection between the server's WebSocket and the MQTT adapter, which does all the rest.
 *
 * <p>Requests and what clients send come on the server's threads, answers on the event loop of the connection. Neither
 * waits for a client, but for this: a thread that brings more than the adapter takes rests until it takes it, since there
 * is no other way to let a client wait; these threads are few and rest briefly, what would be more is closed.
 */
package io.thingport.web.websocket;
