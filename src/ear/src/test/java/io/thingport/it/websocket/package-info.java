/** MQTT over WebSocket. */
package io.thingport.it.websocket;
