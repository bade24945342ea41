package io.thingport.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Each packet in a WebSocket frame of its own [RFC 6455], as clients have it, with a mask of zeros. */
final class WebSocketWire implements Wire {

    private static final int BINARY = 0x82;
    private static final int MASKED = 0x80;

    private final StreamWire stream;
    private final InputStream packets;

    /** Upgrades the connection. */
    WebSocketWire(Socket socket) throws IOException {
        stream = new StreamWire(socket.getInputStream(), socket.getOutputStream(), socket);
        stream.send(("GET /mqtt HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        stream.flush();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int c = stream.in().read();
            if (c < 0) {
                throw new IOException("no upgrade: " + answer);
            }
            answer.append((char) c);
        }
        if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no upgrade: " + answer);
        }
        packets = new Unframed(new DataInputStream(stream.in()));
    }

    @Override
    public InputStream in() {
        return packets;
    }

    @Override
    public void send(byte[] packet) throws IOException {
        byte[] header = packet.length < 126 ? new byte[6] : new byte[8];
        header[0] = (byte) BINARY;
        header[1] = (byte) (MASKED | Math.min(packet.length, 126));
        if (packet.length >= 126) {
            header[2] = (byte) (packet.length >> 8);
            header[3] = (byte) packet.length;
        }
        stream.send(header);
        stream.send(packet);
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** What binary frames carry. */
    private static final class Unframed extends InputStream {
        private final DataInputStream frames;
        private int left;

        Unframed(DataInputStream frames) {
            this.frames = frames;
        }

        @Override
        public int read() throws IOException {
            while (left == 0) {
                if (frames.readUnsignedByte() != BINARY) {
                    throw new IOException("not a binary frame");
                }
                int length = frames.readUnsignedByte();
                left = length == 126 ? frames.readUnsignedShort() : length;
            }
            left--;
            return frames.read();
        }
    }
}
