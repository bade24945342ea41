package io.thingport.mqtt;

/**
 * One QoS 1 message on its way to one session. The platform extends it with what it needs to know at the
 * acknowledgement. Owned by the session's home loop.
 */
public class Delivery {

    private int packetId;

    /** The packet id it was first sent with, 0 before; it is kept across connections and a repetition carries DUP. */
    public final int packetId() {
        return packetId;
    }

    /** Called by the adapter at the first send. */
    public final void assignPacketId(int id) {
        packetId = id;
    }
}
