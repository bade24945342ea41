package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before a CONNECT, or instead of it: closed at once and without a byte, whatever was announced. */
class FirstBytesIT extends Unnoticed {

    /** The first packet is not CONNECT: every other type, and type 0. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x20, 0x30, 0x32, 0x34, 0x40, 0x50, 0x62, 0x70, 0x82, 0x90, 0xA2, 0xB0, 0xC0, 0xD0, 0xE0, 0xF0})
    void firstPacketIsNotConnect(int first, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(PacketBytes.packet(first).number(1).build());
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    /** It is not waited for the bytes that are announced. */
    @ParameterizedTest
    @ValueSource(strings = {"10 ff ff ff 7f", "10 81 80 04", "10 ff ff ff ff", "10 80 80 80 80 01", "10 ff ff ff ff 7f 00 04"})
    void lengthBeyondTheBound(String header, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(header);
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1000 1883\r\n",
            "SSH-2.0-client\r\n",
            "\r\n\r\n"})
    void anotherProtocolOfText(String text, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(text.getBytes(StandardCharsets.US_ASCII));
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    /** The beginning of a ClientHello of TLS 1.2, and a header of the PROXY protocol's second version. */
    @ParameterizedTest
    @ValueSource(strings = {"1603010200010001fc0303", "0d0a0d0a000d0a515549540a2111000cc0000201c000020203e8075b"})
    void anotherProtocolOfBytes(String hex, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(HexFormat.of().parseHex(hex));
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 00", "10 02 00 04", "10 06 ff ff 4d 51 54 54", "10 08 00 06 4d 51 49 73 64 71",
            "10 0a 00 04 6d 71 74 74 04 02 00 3c"})
    void connectThatIsNone(String hex, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(hex);
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void secondConnect(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.connect(level, device.login()));
            expectClosed(raw, level, "82");
        }
    }

    /** Behind a CONNECT that is not answered yet. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void manyConnectsInOneWrite(int level, ThingportServer server) throws Exception {
        byte[] connect = RawConnection.connect(level, device.login());
        PacketBytes many = PacketBytes.packet(0);
        for (int i = 0; i < 100; i++) {
            many.raw(connect);
        }
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(many.body());
            assertThat(raw.readPacket()).matches("20 .. 00 00.*");
            expectClosed(raw, level, "82");
        }
    }

    /** Nothing is kept for a client whose CONNECT is under way beyond the size of one packet. */
    @Test
    void floodBehindConnect(ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(PacketBytes.packet(0).raw(RawConnection.connect(4, device.login()))
                    .raw(new byte[2 << 20]).body());
            assertThat(raw.readToEnd()).isIn("", "20 02 00 00");
        } catch (SocketException closedWhileWriting) {
            // as good
        }
    }
}
