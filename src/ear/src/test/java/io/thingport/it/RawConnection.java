package io.thingport.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A socket that speaks MQTT byte by byte, for what a client library would hide. */
public final class RawConnection implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final Socket socket;

    public RawConnection(ThingportServer server) throws IOException {
        this(server.mqttPort());
    }

    /** @param port of the loopback address */
    public RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Deadline.ANSWER.toMillis());
    }

    /** Sends bytes given as hexadecimal with blanks. */
    public RawConnection send(String hex) throws IOException {
        return send(HEX.parseHex(hex));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next bytes, as hexadecimal with blanks. */
    public String read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        return HEX.formatHex(bytes);
    }

    /** One whole packet, as hexadecimal with blanks. */
    public String readPacket() throws IOException {
        return HEX.formatHex(readPacketBytes());
    }

    /** One whole packet; empty at the end of the connection. */
    public byte[] readPacketBytes() throws IOException {
        InputStream in = socket.getInputStream();
        int first = in.read();
        if (first < 0) {
            return new byte[0];
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = 0;
        int b;
        int shift = 0;
        do {
            b = in.read();
            packet.write(b);
            length |= (b & 0x7F) << shift;
            shift += 7;
        } while (b > 127);
        packet.writeBytes(in.readNBytes(length));
        return packet.toByteArray();
    }

    /** All that comes until the server closes, as hexadecimal with blanks. */
    public String readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
                all.write(b);
            }
        } catch (SocketException reset) {
            // closed with bytes of ours unread
        }
        return HEX.formatHex(all.toByteArray());
    }

    /** Ends this side's half of the connection. */
    public void closeOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Breaks the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Whether the server has closed the connection without another byte; waits for either. */
    public boolean closedSilently() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** A CONNECT, in 5.0 with the Session Expiry Interval that means never if the session is to be kept. */
    public static byte[] connect(int level, Login login) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, level == 3 ? "MQIsdp" : "MQTT");
        body.write(level);
        body.write(login.keeps() ? 0b1100_0000 : 0b1100_0010);
        body.write(login.keepAlive() >> 8);
        body.write(login.keepAlive());
        if (level == 5) {
            body.writeBytes(HEX.parseHex(login.keeps() ? "05 11 FF FF FF FF" : "00"));
        }
        text(body, login.clientId());
        text(body, login.userName());
        text(body, login.password());
        return packet(0x10, body);
    }

    /** A SUBSCRIBE with packet id 10. */
    public static byte[] subscribe(int level, int qos, String... filters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        body.write(10);
        if (level == 5) {
            body.write(0);
        }
        for (String filter : filters) {
            text(body, filter);
            body.write(qos);
        }
        return packet(0x82, body);
    }

    /** A PUBLISH; the flags are the low half of its first byte, the packet id is left out at 0. */
    public static byte[] publish(int level, int flags, String topic, int packetId, String payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        if (packetId != 0) {
            body.write(packetId >> 8);
            body.write(packetId);
        }
        if (level == 5) {
            body.write(0);
        }
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x30 | flags, body);
    }

    private static void text(ByteArrayOutputStream to, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        to.write(utf8.length >> 8);
        to.write(utf8.length);
        to.writeBytes(utf8);
    }

    private static byte[] packet(int first, ByteArrayOutputStream body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = body.size();
        do {
            int more = length > 127 ? 0x80 : 0;
            packet.write(length & 0x7F | more);
            length >>= 7;
        } while (length > 0);
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }
}
