package io.thingport.mqtt.testing;

import io.thingport.mqtt.MqttVersion;

/**
 * What one client sends over a connection, and what the server has to do about it.
 *
 * @param name    unique among the vectors of its version
 * @param group   what kind of bytes they are
 * @param version the protocol version of the connection
 * @param sent    what the client sends, CONNECT included
 * @param answer  what the server sends, Reason Strings left out; in 5.0 with the DISCONNECT that closes
 * @param ending  how it ends
 */
public record Vector(String name, Group group, MqttVersion version, byte[] sent, byte[] answer, Ending ending) {

    /** What kind of bytes a vector has. */
    public enum Group {
        /** What a client may send. */
        VALID,
        /** What no client may send, or this server refuses. */
        FORBIDDEN,
        /** What has broken servers before. */
        REGRESSION
    }

    /** How it ends. */
    public enum Ending {
        /** The connection goes on: a PINGREQ is answered. */
        OPEN,
        /** The server waits for the rest of a packet. */
        WAITS,
        /** The server closes. */
        CLOSED
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
