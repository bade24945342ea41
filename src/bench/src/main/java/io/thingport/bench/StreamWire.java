package io.thingport.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Packets one after the other, as over TCP and TLS. */
final class StreamWire implements Wire {

    private final InputStream in;
    private final OutputStream out;
    private final Closeable connection;

    StreamWire(InputStream in, OutputStream out, Closeable connection) {
        this.in = new BufferedInputStream(in);
        this.out = new BufferedOutputStream(out, 16 * 1024);
        this.connection = connection;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public void send(byte[] packet) throws IOException {
        out.write(packet);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
