package io.thingport.it.websocket;

import io.thingport.it.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A WebSocket frame by frame, for what a library would not send [RFC 6455, 5.2]. */
final class RawWebSocket implements AutoCloseable {

    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;

    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final String answer;

    /** @param more headers of the request, each with its end of line */
    RawWebSocket(int port, String path, String more) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Deadline.ANSWER.toMillis() * 2);
        send(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        answer = head.toString(StandardCharsets.US_ASCII);
    }

    /** Status line and headers. */
    String answer() {
        return answer;
    }

    RawWebSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Bytes as hexadecimal with blanks. */
    RawWebSocket send(String hex) throws IOException {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** One frame as clients send it: up to 65,535 bytes, masked. */
    static byte[] frame(int first, byte[] content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (content.length < 126) {
            frame.write(0x80 | content.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(content.length >> 8);
            frame.write(content.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < content.length; i++) {
            frame.write(content[i] ^ MASK[i % 4]);
        }
        return frame.toByteArray();
    }

    /** The next frame of up to 125 bytes in hexadecimal, header included; empty at the end of the connection. */
    String readFrame() throws IOException {
        InputStream in = socket.getInputStream();
        try {
            int first = in.read();
            int length = in.read();
            return first < 0 || length < 0 ? "" : HexFormat.of().toHexDigits((byte) first)
                    + HexFormat.of().toHexDigits((byte) length) + HexFormat.of().formatHex(in.readNBytes(length));
        } catch (SocketException reset) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
