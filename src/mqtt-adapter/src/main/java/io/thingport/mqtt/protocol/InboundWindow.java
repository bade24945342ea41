package io.thingport.mqtt.protocol;

import io.thingport.mqtt.ReasonCode;

/**
 * The QoS 1 publishes of one client that wait for their PUBACK, in the order of their arrival: settled in any order,
 * acknowledged in this one [MQTT-4.6.0-2]. A ring that grows up to its bound; owned by the channel's loop.
 */
final class InboundWindow {

    private static final int FIRST_CAPACITY = 8;
    private static final short DROPPED = 0; // no packet id

    private final int maximum;
    private short[] packetIds = new short[FIRST_CAPACITY];
    private ReasonCode[] settled = new ReasonCode[FIRST_CAPACITY];
    private int head;
    private int size;
    private long headToken;

    /** @param maximum publishes open at a time, at least 1 */
    InboundWindow(int maximum) {
        this.maximum = maximum;
    }

    /** Whether a publish with this id is open: what comes again is a repetition. */
    boolean isOpen(int packetId) {
        for (int i = 0; i < size; i++) {
            if (packetIds[slot(i)] == (short) packetId) {
                return true;
            }
        }
        return false;
    }

    boolean isFull() {
        return size == maximum;
    }

    /** Takes a publish in and returns its token. Only when it is neither open nor the window full. */
    long add(int packetId) {
        if (size == packetIds.length) {
            grow();
        }
        int slot = slot(size);
        packetIds[slot] = (short) packetId;
        settled[slot] = null;
        return headToken + size++;
    }

    /** Notes the outcome of a publish; a token that is not open is ignored. */
    void settle(long token, ReasonCode reason) {
        long offset = token - headToken;
        if (offset >= 0 && offset < size) {
            settled[slot((int) offset)] = reason;
        }
    }

    /** Forgets a publish: it is settled without a PUBACK, and its id free again. A token that is not open is ignored. */
    void drop(long token) {
        long offset = token - headToken;
        if (offset >= 0 && offset < size) {
            int slot = slot((int) offset);
            packetIds[slot] = DROPPED;
            settled[slot] = ReasonCode.SUCCESS;
        }
    }

    /** Whether the oldest publish was dropped, so that it is not acknowledged. */
    boolean headIsDropped() {
        return packetIds[head] == DROPPED;
    }

    /** Whether the oldest publish is settled: {@link #headPacketId}, {@link #headReason}, then {@link #removeHead}. */
    boolean headIsSettled() {
        return size > 0 && settled[head] != null;
    }

    int headPacketId() {
        return packetIds[head] & 0xFFFF;
    }

    ReasonCode headReason() {
        return settled[head];
    }

    void removeHead() {
        head = slot(1);
        size--;
        headToken++;
    }

    private int slot(int offset) {
        return head + offset & packetIds.length - 1;
    }

    private void grow() {
        short[] ids = new short[packetIds.length * 2];
        ReasonCode[] reasons = new ReasonCode[ids.length];
        for (int i = 0; i < size; i++) {
            ids[i] = packetIds[slot(i)];
            reasons[i] = settled[slot(i)];
        }
        packetIds = ids;
        settled = reasons;
        head = 0;
    }
}
