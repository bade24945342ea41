/**
 * The contract between the MQTT resource adapter and the platform behind it.
 *
 * <p>The adapter knows bytes, packets and event loops; the platform knows products, devices and sessions. They meet
 * here and nowhere else. Every {@link io.thingport.mqtt.MqttChannel channel} lives on one
 * {@link io.thingport.mqtt.MqttLoop event loop}; what arrives in one turn of a loop is handed over in one call of
 * {@link io.thingport.mqtt.MqttListener#onTurn}. Unless a method says otherwise it may be called on that loop's thread
 * only, and no method blocks.
 */
package io.thingport.mqtt;
