package io.thingport.mqtt;

/** A payload of its own. {@link #array()} is not copied and must not be changed. */
public final class ArrayPayload implements Payload {

    private final byte[] array;

    ArrayPayload(byte[] array) {
        this.array = array;
    }

    public byte[] array() {
        return array;
    }

    @Override
    public int length() {
        return array.length;
    }

    @Override
    public byte[] toByteArray() {
        return array.clone();
    }

    @Override
    public Payload keep() {
        return this;
    }
}
