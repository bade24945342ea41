package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;

/**
 * The state of a connection over which a device was registered; it has no session. Owned by the loop where the device
 * arrived.
 *
 * @param end closes it when the device does not
 */
record Registered(MqttLoop.Timer end) {
}
