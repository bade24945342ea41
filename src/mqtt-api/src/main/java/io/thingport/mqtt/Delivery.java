package io.thingport.mqtt;

/**
 * One QoS 1 message on its way to one session. The platform extends it with what it needs to know at the
 * acknowledgement. Owned by the session's home loop.
 */
public class Delivery {

    private static final int SENT = 0x1_0000;

    private int idAndSent; // one word, so that a delivery stays as small as an object can be

    /** The packet id it was first sent with, 0 before; it is kept across connections. */
    public final int packetId() {
        return idAndSent & 0xFFFF;
    }

    /** Called by the adapter before the first send. */
    public final void assignPacketId(int id) {
        idAndSent = idAndSent & SENT | id;
    }

    /** Whether it may have been sent before: then it is sent with DUP [MQTT-3.3.1-1]. */
    public final boolean wasSent() {
        return (idAndSent & SENT) != 0;
    }

    /** Called by the adapter when it has been sent, and by the platform for one that an earlier process may have sent. */
    public final void markSent() {
        idAndSent |= SENT;
    }
}
