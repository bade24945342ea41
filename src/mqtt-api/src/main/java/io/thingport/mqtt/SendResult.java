package io.thingport.mqtt;

/** What became of a message handed to a channel. */
public enum SendResult {
    /** It is in the channel's output. */
    SENT,
    /** The window is used up or the socket takes no more: the caller keeps or counts it; {@link MqttHandler#writable} follows. */
    NO_ROOM,
    /** Larger than the client's Maximum Packet Size: to be treated as sent and done [MQTT-3.1.2-25]. */
    TOO_LARGE,
    /** The channel is closed. */
    CLOSED
}
