package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.thingport.mqtt.Payload;

/** A view of a read buffer; one for each loop, set anew for each PUBLISH. */
final class BufferPayload implements Payload {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int index;
    private int length;

    void set(ByteBuf buffer, int index, int length) {
        this.buffer = buffer;
        this.index = index;
        this.length = length;
    }

    void clear() {
        set(Unpooled.EMPTY_BUFFER, 0, 0);
    }

    /** Copies the bytes into a buffer that has room for them. */
    void writeTo(ByteBuf out) {
        out.writeBytes(buffer, index, length);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte[] toByteArray() {
        byte[] bytes = new byte[length];
        buffer.getBytes(index, bytes);
        return bytes;
    }

    @Override
    public Payload keep() {
        return Payload.of(toByteArray());
    }
}
