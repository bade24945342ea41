package io.thingport.mqtt.protocol;

import io.thingport.mqtt.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * The QoS 1 deliveries sent to one client and not yet acknowledged, in the order they were sent, and the packet ids they
 * use. A ring that grows up to its bound. Owned by the channel's loop. New ids are given in rising order, so the oldest
 * open one is the first a new one can meet; only repeated deliveries, which keep their ids, make a search necessary.
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

    /** Takes a delivery in and gives it a packet id unless it has one. Only when there is {@link #room()}. */
    void add(Delivery delivery) {
        if (delivery.packetId() == 0) {
            delivery.assignPacketId(newId());
        } else {
            repeated = true;
        }
        if (span == deliveries.length) {
            grow();
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
        do {
            lastId = lastId == 0xFFFF ? 1 : lastId + 1;
        } while (isOpen(lastId));
        return lastId;
    }

    private boolean isOpen(int id) {
        if (span == 0) {
            return false;
        }
        if (!repeated) {
            return deliveries[head].packetId() == id;
        }
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

    private void grow() {
        Delivery[] larger = new Delivery[deliveries.length * 2];
        int kept = 0;
        for (int i = 0; i < span; i++) {
            Delivery delivery = deliveries[slot(i)];
            if (delivery != null) {
                larger[kept++] = delivery;
            }
        }
        deliveries = larger;
        head = 0;
        span = kept;
    }
}
