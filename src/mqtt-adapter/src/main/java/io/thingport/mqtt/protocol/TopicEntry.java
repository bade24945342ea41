package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.TopicName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A topic a client has published to, with what it means for that client. Owned by the channel's loop. */
final class TopicEntry {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final TopicName topic;
    private final byte[] utf8;
    private Route route;

    TopicEntry(TopicName topic, Route route) {
        this.topic = topic;
        this.utf8 = topic.utf8();
        this.route = route;
    }

    TopicName topic() {
        return topic;
    }

    Route route() {
        return route;
    }

    void renew(Route route) {
        this.route = route;
    }

    /** Whether the buffer holds this topic's bytes, compared eight at a time from the end, where topics differ. */
    boolean is(ByteBuf buffer, int index, int length) {
        byte[] mine = utf8;
        if (mine.length != length) {
            return false;
        }
        int i = length;
        for (; i >= 8; i -= 8) {
            if (buffer.getLong(index + i - 8) != (long) LONG.get(mine, i - 8)) {
                return false;
            }
        }
        while (--i >= 0) {
            if (buffer.getByte(index + i) != mine[i]) {
                return false;
            }
        }
        return true;
    }
}
