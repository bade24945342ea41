package io.thingport.bench;

import java.io.IOException;
import java.io.InputStream;

/** A blocking connection that carries packets. For one thread at a time. */
interface Wire {

    /** The bytes of the packets that come. */
    InputStream in();

    /** Adds a packet to what leaves with the next flush. */
    void send(byte[] packet) throws IOException;

    void flush() throws IOException;

    void close() throws IOException;
}
