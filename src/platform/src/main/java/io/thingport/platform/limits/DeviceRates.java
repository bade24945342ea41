package io.thingport.platform.limits;

/**
 * What may pass in a second; 0 = as much as comes.
 *
 * @param publishesQos0 publishes of one device at QoS 0
 * @param publishesQos1 at QoS 1
 * @param messages      messages and calls of applications to one device
 * @param bandwidth     bytes of payload over one connection, in either direction
 */
public record DeviceRates(int publishesQos0, int publishesQos1, int messages, int bandwidth) {

    /** No bounds. */
    public static final DeviceRates NONE = new DeviceRates(0, 0, 0, 0);
}
