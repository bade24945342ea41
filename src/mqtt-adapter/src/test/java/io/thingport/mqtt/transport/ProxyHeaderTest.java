package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.connect;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Network;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that come through a proxy tell where they come from. */
class ProxyHeaderTest {

    private static final MqttVersion VERSION = MqttVersion.V3_1_1;
    private static final String SIGNATURE_2 = "0D0A0D0A000D0A515549540A";

    private final RecordingHandler handler = new RecordingHandler();
    private final int port = TestServer.freePort();
    private final TestServer server = new TestServer(TestServer.settings(List.of(listener("127.0.0.0/8"))), handler);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void version1TellsTheAddress() {
        server.client().connected(text("PROXY TCP4 203.0.113.7 192.0.2.1 4711 1883\r\n") + connect(VERSION));

        assertThat(peer().address()).isEqualTo(new InetSocketAddress("203.0.113.7", 4711));
    }

    @Test
    void version1TellsAnAddressOfVersion6() {
        server.client().connected(text("PROXY TCP6 2001:db8::7 2001:db8::1 4711 1883\r\n") + connect(VERSION));

        assertThat(peer().address()).isEqualTo(new InetSocketAddress("2001:db8::7", 4711));
    }

    @Test
    void version2TellsTheAddress() {
        server.client().connected(SIGNATURE_2 + "21 11 000C CB007107 C0000201 1267 075B" + connect(VERSION));

        assertThat(peer().address()).isEqualTo(new InetSocketAddress("203.0.113.7", 4711));
    }

    @Test
    void additionalFieldsArePassedOver() {
        server.client().connected(SIGNATURE_2 + "21 11 0018 CB007107 C0000201 1267 075B"
                + "04 0004 00000000" + "05 0002 6161" + connect(VERSION));

        assertThat(peer().address()).isEqualTo(new InetSocketAddress("203.0.113.7", 4711));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNATURE_2 + "20 00 0000", "50524F585920554E4B4E4F574E0D0A"})
    void whatAProxySaysForItselfLeavesTheAddressOfTheSocket(String header) {
        server.client().connected(header + connect(VERSION));

        assertThat(peer().address().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void aHeaderMayComeByteByByte() {
        RawClient client = server.client();
        String header = SIGNATURE_2 + "21 11 000C CB007107 C0000201 1267 075B".replace(" ", "");
        for (int i = 0; i < header.length(); i += 2) {
            client.send(header.substring(i, i + 2));
        }
        client.connected(VERSION);

        assertThat(peer().address().getPort()).isEqualTo(4711);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY nonsense\r\n", "PROXY TCP4 203.0.113.777 192.0.2.1 4711 1883\r\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 99999 1883\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"})
    void whoBeginsOtherwiseIsClosed(String line) {
        RawClient client = server.client();

        client.trySend(line.getBytes(StandardCharsets.US_ASCII));

        client.expectClose();
        Eventually.until("counted", () -> server.transport.counters().proxyHeadersRefused() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"21 11 0004 CB007107", "31 11 000C CB007107C0000201 1267075B", "25 11 000C CB007107C00002011267075B",
        "21 11 FFFF CB007107 C0000201 1267 075B"})
    void aHeaderOfVersion2ThatLiesIsRefused(String rest) {
        RawClient client = server.client();

        client.trySend(Packets.bytes(SIGNATURE_2 + rest + "00".repeat(1_000)));

        client.expectClose();
        Eventually.until("counted", () -> server.transport.counters().proxyHeadersRefused() == 1);
    }

    @Test
    void whoBringsNoHeaderIsClosed() {
        RawClient client = server.client();

        client.trySend(Packets.bytes(connect(VERSION)));

        client.expectClose();
        assertThat(server.transport.counters().proxyHeadersRefused()).isEqualTo(1);
    }

    @Test
    void fromElsewhereNoHeaderIsRead() {
        int other = TestServer.freePort();
        ListenerSettings listener = listener(other, false, "192.0.2.0/24");
        try (TestServer direct = new TestServer(TestServer.settings(List.of(listener)), handler)) {
            RawClient client = direct.client();

            client.trySend("PROXY TCP4 203.0.113.7 192.0.2.1 4711 1883\r\n".getBytes(StandardCharsets.US_ASCII));

            client.expectClose();
            assertThat(direct.transport.counters().protocolErrors()).isEqualTo(1);
        }
    }

    @Test
    void ofTrustedPlainBytesThoseOfTheProxiesCountAsSecure() {
        assertThat(isSecureWithTrustedTls(text("PROXY TCP4 203.0.113.7 192.0.2.1 4711 1883\r\n"), "127.0.0.0/8")).isTrue();
    }

    @Test
    void ofTrustedPlainBytesThoseFromElsewhereAreNotSecure() {
        assertThat(isSecureWithTrustedTls("", "192.0.2.0/24")).isFalse();
    }

    @Test
    void ofTrustedPlainBytesAllCountAsSecureWhereNoProxyIsNamed() {
        assertThat(isSecureWithTrustedTls("")).isTrue();
    }

    @Test
    void probesThatSayNothingLeaveNoLineInTheLog() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("io.thingport.mqtt");
        Handler noting = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }
        };
        logger.addHandler(noting);
        try {
            server.client().close();
            RawClient local = server.client();
            local.send(SIGNATURE_2 + "20 00 0000");
            local.close();

            Eventually.until("counted", () -> server.transport.counters().silent() == 2);
            assertThat(lines).isEmpty();
        } finally {
            logger.removeHandler(noting);
        }
    }

    private boolean isSecureWithTrustedTls(String header, String... proxies) {
        List<ListenerSettings> listeners = List.of(listener(TestServer.freePort(), true, proxies));
        try (TestServer trusting = new TestServer(TestServer.settings(listeners), handler)) {
            trusting.client().connected(header + connect(VERSION));
            return peer().secure();
        }
    }

    private ListenerSettings listener(String proxies) {
        return listener(port, false, proxies);
    }

    private static ListenerSettings listener(int port, boolean trustedTls, String... proxies) {
        return new ListenerSettings("main", "127.0.0.1", port, Transport.TCP, ClientCertificate.NONE, trustedTls,
                Stream.of(proxies).map(block -> Network.parse(block).orElseThrow()).toList());
    }

    private Peer peer() {
        return Eventually.next(handler.channels).peer();
    }

    private static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
