package io.thingport.bench;

/** What happens on a {@link MqttLink}; called on its event loop's thread. */
interface LinkEvents {

    /** CONNACK: accepted. */
    void accepted(MqttLink link, boolean sessionPresent);

    /** CONNACK: refused with this return or reason code. */
    void refused(MqttLink link, int code);

    /** SUBACK; all filters granted or not. */
    void subscribed(MqttLink link, boolean granted);

    /** PUBLISH. At QoS 0 the packet id is 0; any other has to be acknowledged with {@link MqttLink#acknowledge}. */
    void received(MqttLink link, int packetId, boolean dup, byte[] payload);

    /** PUBACK with this reason code; 0 in 3.1.1. */
    void acknowledged(MqttLink link, int packetId, int reason);

    /** The connection has ended or could not be made; the last call. */
    void closed(MqttLink link);
}
