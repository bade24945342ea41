package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The topics a client publishes to, at most {@value #CAPACITY}; the oldest entry makes room. Owned by the channel's
 * loop.
 */
final class TopicCache {

    static final int CAPACITY = 32;

    private TopicEntry last;
    private TopicEntry[] others; // made with the second topic
    private int size;
    private int next;

    /** The entry whose topic stands in the buffer, or null. */
    TopicEntry find(ByteBuf buffer, int index, int length) {
        TopicEntry entry = last;
        if (entry != null && entry.is(buffer, index, length)) {
            return entry;
        }
        for (int i = 0; i < size; i++) {
            entry = others[i];
            if (entry.is(buffer, index, length)) {
                last = entry;
                return entry;
            }
        }
        return null;
    }

    void add(TopicEntry entry) {
        if (last == null) {
            last = entry;
            return;
        }
        if (others == null) {
            others = new TopicEntry[CAPACITY];
            others[size++] = last;
        }
        if (size < CAPACITY) {
            others[size++] = entry;
        } else {
            others[next] = entry;
            next = (next + 1) % CAPACITY;
        }
        last = entry;
    }
}
