package io.thingport.mqtt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.thingport.mqtt.MqttVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A socket of bytes: hexadecimal in, hexadecimal out. Whatever it waits for has to come within ten seconds. */
public final class RawClient implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public RawClient(int port) {
        this(port, 0);
    }

    /** @param receiveBuffer bytes the socket takes while nobody reads, 0 = as the system has it */
    public RawClient(int port, int receiveBuffer) {
        this(connect(port, receiveBuffer));
    }

    /** @param socket connected */
    public RawClient(Socket socket) {
        this.socket = socket;
        try {
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One with something between its bytes and those of a socket. */
    public RawClient(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    /** A socket that is connected with a port of the loopback address. */
    public static Socket connect(int port, int receiveBuffer) {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(DEADLINE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEADLINE_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void send(String... packets) {
        send(Packets.bytes(String.join("", packets)));
    }

    public void send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what the server may not want to have to its end. */
    public void trySend(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException closed) {
            // what follows tells
        }
    }

    /** The next bytes are these. */
    public void expect(String... packets) {
        String wanted = String.join("", packets).replace(" ", "");
        assertThat(read(wanted.length() / 2)).isEqualTo(wanted);
    }

    /** Reads the next bytes. */
    public String read(int count) {
        try {
            byte[] bytes = in.readNBytes(count);
            return Packets.hex(bytes);
        } catch (SocketTimeoutException e) {
            return fail(count + " bytes did not come in time");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the next packet as a whole. */
    public String readPacket() {
        String first = read(1);
        int length = 0;
        StringBuilder header = new StringBuilder();
        for (int shift = 0; shift < 28; shift += 7) {
            String hex = read(1);
            header.append(hex);
            int b = Integer.parseInt(hex, 16);
            length |= (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                break;
            }
        }
        return first + header + read(length);
    }

    /** Nothing comes any more but the end. */
    public void expectClose() {
        try {
            assertThat(Packets.hex(in.readAllBytes())).isEmpty();
        } catch (SocketTimeoutException e) {
            fail("the server did not close in time");
        } catch (SocketException reset) {
            // closed all the same
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The channel ends for this reason: with a DISCONNECT in 5.0, without a word in 3.x. */
    public void expectEnd(MqttVersion version, int reason) {
        if (version == MqttVersion.V5) {
            expectDisconnect(reason);
        }
        expectClose();
    }

    /** The next packet is a DISCONNECT of 5.0 with this reason. */
    public void expectDisconnect(int reason) {
        String packet = readPacket();
        assertThat(packet).startsWith("E0");
        assertThat(packet.substring(4, 6)).isEqualTo(Packets.hex(reason, 1));
    }

    /** Connects, and reads CONNACK. */
    public RawClient connected(MqttVersion version) {
        return connected(Packets.connect(version));
    }

    /** Sends this CONNECT, and reads CONNACK. */
    public RawClient connected(String connect) {
        send(connect);
        assertThat(readPacket()).startsWith("20").satisfies(
                connack -> assertThat(connack.substring(6, 8)).isEqualTo("00"));
        return this;
    }

    /** The server has nothing more to say, and still listens. Only after CONNACK. */
    public void expectSilence() {
        send(Packets.PINGREQ);
        expect(Packets.PINGRESP);
    }

    /** Goes without a FIN. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
