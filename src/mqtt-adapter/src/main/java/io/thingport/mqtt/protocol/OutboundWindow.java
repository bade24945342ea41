package io.thingport.mqtt.protocol;

import io.thingport.mqtt.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * The QoS 1 deliveries sent to one client and not yet acknowledged, in the order they were sent, and the packet ids they
 * use. A ring that grows up to four times its bound. Owned by the channel's loop. New ids are given in rising order, so
 * the oldest open one is the first a new one can meet; only then, and with repeated deliveries, which keep their ids, is
 * a search necessary.
 */
final class OutboundWindow {

    private static final int FIRST_CAPACITY = 8;

    private final int maximum;
    private Delivery[] deliveries = new Delivery[FIRST_CAPACITY]; // acknowledged out of order: null until the head passes
    private int head;
    private int span;
    private int open;
    private int lastId;
    private boolean repeated;

    /** @param maximum deliveries open at a time, at least 1 */
    OutboundWindow(int maximum) {
        this.maximum = maximum;
    }

    int room() {
        return maximum - open;
    }

    /** Slots the ring takes. */
    int capacity() {
        return deliveries.length;
    }

    /** Takes a delivery in and gives it a packet id unless it has one. Only when there is {@link #room()}. */
    void add(Delivery delivery) {
        if (delivery.packetId() == 0) {
            delivery.assignPacketId(newId());
        } else {
            repeated = true;
        }
        if (span == deliveries.length) {
            makeRoom();
        }
        deliveries[slot(span++)] = delivery;
        open++;
    }

    /** The delivery with this id, which is open no longer; null when there is none. */
    Delivery remove(int packetId) {
        for (int i = 0; i < span; i++) {
            int slot = slot(i);
            Delivery delivery = deliveries[slot];
            if (delivery != null && delivery.packetId() == packetId) {
                deliveries[slot] = null;
                open--;
                dropAcknowledgedHead();
                return delivery;
            }
        }
        return null;
    }

    /** Those still open, in the order they were sent. */
    List<Delivery> unacknowledged() {
        List<Delivery> list = new ArrayList<>(open);
        for (int i = 0; i < span; i++) {
            Delivery delivery = deliveries[slot(i)];
            if (delivery != null) {
                list.add(delivery);
            }
        }
        return list;
    }

    private void dropAcknowledgedHead() {
        while (span > 0 && deliveries[head] == null) {
            head = slot(1);
            span--;
        }
        if (span == 0) {
            repeated = false;
        }
    }

    private int newId() {
        lastId = following(lastId);
        if (repeated || span > 0 && deliveries[head].packetId() == lastId) {
            while (isOpen(lastId)) {
                lastId = following(lastId);
            }
        }
        return lastId;
    }

    private static int following(int id) {
        return id == 0xFFFF ? 1 : id + 1;
    }

    private boolean isOpen(int id) {
        for (int i = 0; i < span; i++) {
            Delivery delivery = deliveries[slot(i)];
            if (delivery != null && delivery.packetId() == id) {
                return true;
            }
        }
        return false;
    }

    private int slot(int offset) {
        return head + offset & deliveries.length - 1;
    }

    /** Closes the gaps that acknowledgements out of order have left; doubles a ring that is more than half open. */
    private void makeRoom() {
        Delivery[] target = new Delivery[open > deliveries.length / 2 ? deliveries.length * 2 : deliveries.length];
        int kept = 0;
        for (int i = 0; i < span; i++) {
            Delivery delivery = deliveries[slot(i)];
            if (delivery != null) {
                target[kept++] = delivery;
            }
        }
        deliveries = target;
        head = 0;
        span = kept;
    }
}
