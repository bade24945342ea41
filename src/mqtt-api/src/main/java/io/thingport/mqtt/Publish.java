package io.thingport.mqtt;

/** A PUBLISH packet as it arrived: a view that is valid during {@link MqttHandler#publish} only. */
public interface Publish extends Message {

    boolean dup();

    /** The Packet Identifier at QoS 1, 0 at QoS 0. */
    int packetId();

    /** Retained messages are not supported: a 3.x device's flag is ignored, a 5.0 device was told and is closed. */
    boolean retain();
}
