package io.thingport.mqtt;

import java.nio.charset.StandardCharsets;

/** The bytes of a message. */
public interface Payload {

    Payload EMPTY = of(new byte[0]);

    int length();

    /** A copy of the bytes. */
    byte[] toByteArray();

    /** The same bytes, valid for ever: a copy of a view, or this. */
    Payload keep();

    /** Wraps an array, which must not change any more. */
    static Payload of(byte[] bytes) {
        return new ArrayPayload(bytes);
    }

    static Payload utf8(String text) {
        return new ArrayPayload(text.getBytes(StandardCharsets.UTF_8));
    }
}
