package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.DISCONNECT;
import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.TlsMaterial;
import io.thingport.mqtt.TlsSettings;
import io.thingport.mqtt.testing.Authority;
import io.thingport.mqtt.testing.Authority.Identity;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and plain bytes on one port, and TLS alone. */
class TlsTest {

    private static final Authority ROOT = new Authority("root");
    private static final Authority DEVICES = new Authority("devices");
    private static final Identity SERVER = ROOT.issue("server");
    private static final Identity DEVICE = DEVICES.issue("device");

    private final Application application = new Application();
    private final SSLContext client = ROOT.client();
    private Optional<TestServer> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(TestServer::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void onePortTakesTlsAndPlainBytes(String protocol) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());

        RawClient secure = server.client(tls(server, client, protocol)).connected(MqttVersion.V5);
        RawClient plain = server.client().connected(MqttVersion.V5);

        secure.expectSilence();
        plain.expectSilence();
        assertThat(application.nextPeer().secure()).isTrue();
        assertThat(application.nextPeer().secure()).isFalse();
        assertThat(server.transport.tlsCounters().handshakes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentOverTlsArrivesInOrder(MqttVersion version) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        RawClient secure = server.client(tls(server, client, "TLSv1.3")).connected(version);
        secure.send(subscribe(version, 1, "a"));
        secure.readPacket();

        secure.send(publish(version, "a", "0"), publish1(version, 1, "a", "1"));

        secure.expect(publish(version, "a", "0"), puback(1), publish1(version, 1, "a", "1"));
    }

    @Test
    void aListenerOfTlsAloneSendsPlainBytesAway() {
        TestServer server = start(Transport.TLS, ClientCertificate.NONE, material());
        RawClient plain = server.client();

        plain.send(connect(MqttVersion.V5));

        plain.expectClose();
        assertThat(failures(server, TlsFailure.NO_TLS)).isEqualTo(1);
    }

    @Test
    void aListenerOfPlainBytesAloneTakesAHandshakeForNoConnect() {
        TestServer server = start(Transport.TCP, ClientCertificate.NONE, material());
        RawClient plain = server.client();

        plain.send("1603010005");

        plain.expectClose();
        assertThat(server.transport.counters().protocolErrors()).isEqualTo(1);
    }

    @Test
    void aListenerOfTlsAloneIsReadyOnceThereIsMaterial() {
        int port = TestServer.freePort();
        MqttTransport alone = new MqttTransport(task -> new Thread(task, "loop").start());
        alone.attach(TestServer.source(application));
        alone.open(settings(port, Transport.TLS, ClientCertificate.NONE, TlsSettings.DEFAULTS), TestServer.NO_APPLICATION);
        try {
            Eventually.until("bound", () -> !alone.status().addresses().isEmpty());
            assertThat(alone.status().listening()).isFalse();
            assertThat(alone.status().problem()).hasValueSatisfying(why -> assertThat(why).contains("no certificate"));

            alone.use(material());

            assertThat(alone.status().listening()).isTrue();
            assertThat(alone.status().problem()).isEmpty();
        } finally {
            alone.close();
        }
    }

    @Test
    void withoutMaterialAHandshakeIsNoConnect() {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, Optional.empty(), TlsSettings.DEFAULTS);
        RawClient plain = server.client();

        plain.send("1603010005");

        plain.expectClose();
        assertThat(server.transport.counters().protocolErrors()).isEqualTo(1);
    }

    // ---- the end of a connection ----

    @Test
    void theLastPacketAndTheEndOfTheStreamReachAClient() throws IOException {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        SSLSocket socket = tls(server, client, "TLSv1.3");
        RawClient secure = server.client(socket).connected(MqttVersion.V5);

        secure.send(connect(MqttVersion.V5)); // a second one [MQTT-3.1.0-2]

        secure.expectDisconnect(ReasonCode.PROTOCOL_ERROR.code());
        assertThat(socket.getInputStream().read()).isEqualTo(-1); // close_notify, or it would throw
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientsDisconnectEndsItsConnection(String protocol) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        RawClient secure = server.client(tls(server, client, protocol)).connected(MqttVersion.V5);

        secure.send(DISCONNECT);

        secure.expectClose();
        Eventually.until("gone", () -> server.transport.counters().connections() == 0);
    }

    @Test
    void aClientsEndOfOutputEndsItsConnection() throws IOException {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        SSLSocket socket = tls(server, client, "TLSv1.3");
        RawClient secure = server.client(socket).connected(MqttVersion.V5);

        socket.shutdownOutput(); // close_notify without a FIN

        secure.expectClose();
        Eventually.until("gone", () -> server.transport.counters().connections() == 0);
    }

    @Test
    void bytesThatAreNoTlsRecordEndAConnection() throws IOException {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        Socket beneath = new Socket(InetAddress.getLoopbackAddress(), server.port());
        server.client((SSLSocket) client.getSocketFactory().createSocket(beneath, "localhost", server.port(), true))
                .connected(MqttVersion.V5);

        beneath.getOutputStream().write(new byte[32]);

        Eventually.until("gone", () -> server.transport.counters().connections() == 0);
        assertThat(server.transport.counters().protocolErrors()).isEqualTo(1);
        beneath.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16 03 01 02 00", "16 03 01 00 05 01 00 01 00 03"})
    void aHandshakeThatDoesNotGoOnEndsAtTheDeadline(String begun) {
        MqttServerSettings usual = settings(Transport.AUTO, ClientCertificate.NONE, TlsSettings.DEFAULTS);
        TestServer server = start(new MqttServerSettings(usual.listeners(), usual.tls(), usual.loops(), Duration.ofMillis(200),
                usual.connectMaximum(), usual.unauthenticatedMaximum(), usual.unauthenticatedConnections(), usual.packetMaximum(), usual.receiveMaximum(),
                usual.sendWindow(), usual.topicAliasMaximum(), usual.outputMaximum()), Optional.of(material()));
        RawClient slow = server.client();
        RawClient bystander = server.client(tls(server, client, "TLSv1.3")).connected(MqttVersion.V5);

        for (byte one : Packets.bytes(begun.replace(" ", ""))) {
            slow.trySend(new byte[] {one});
        }

        slow.expectClose();
        bystander.expectSilence();
        Eventually.until("counted", () -> server.transport.counters().silent() == 1);
    }

    @Test
    void bytesOfHandshakesCountAmongThoseBeforeConnect() {
        MqttServerSettings usual = settings(Transport.AUTO, ClientCertificate.NONE, TlsSettings.DEFAULTS);
        TestServer server = start(new MqttServerSettings(usual.listeners(), usual.tls(), usual.loops(),
                usual.connectTimeout(), 1024, 4096, usual.unauthenticatedConnections(), usual.packetMaximum(),
                usual.receiveMaximum(), usual.sendWindow(), usual.topicAliasMaximum(), usual.outputMaximum()),
                Optional.of(material()));
        RawClient first = server.client();
        RawClient second = server.client();
        String begun = "1603013000" + "00".repeat(3000);

        first.send(begun);
        second.send(begun);

        // both, when they grow side by side
        Eventually.until("one is refused", () -> server.transport.tlsCounters().failed() > 0);
        server.closeClients();
        server.client(tls(server, client, "TLSv1.3")).connected(MqttVersion.V5);
    }

    // ---- moving ----

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aMovedConnectionWorksAsBefore(String protocol) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        application.moves = Optional.of(server.transport.loops());

        IntStream.range(0, 100).parallel().forEach(i -> {
            RawClient secure = server.client(tls(server, client, protocol));
            secure.send(connect(MqttVersion.V5), subscribe(MqttVersion.V5, 1, "a"), publish(MqttVersion.V5, "a", "0"));
            assertThat(secure.readPacket()).startsWith("20");
            secure.expect("90 04 00 01 00 01", publish(MqttVersion.V5, "a", "0"));
            for (int j = 1; j <= 50; j++) {
                secure.send(publish1(MqttVersion.V5, j, "a", "text " + j));
                secure.expect(puback(j), publish1(MqttVersion.V5, j, "a", "text " + j));
                secure.send(puback(j));
            }
        });

        assertThat(application.moved).hasValue(100);
    }

    @Test
    void aMovedClientThatGoesIsGone() {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        application.moves = Optional.of(server.transport.loops());
        for (int i = 0; i < 50; i++) {
            RawClient secure = server.client(tls(server, client, "TLSv1.3"));
            secure.send(connect(MqttVersion.V5));
            secure.reset();
        }

        Eventually.until("gone", () -> server.transport.counters().connections() == 0);
    }

    // ---- suites and versions ----

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256"})
    void suitesOfDevicesAreSpoken(String suite) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        SSLSocket socket = tls(server, client, "TLSv1.2", suite);

        server.client(socket).connected(MqttVersion.V3_1_1);

        assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }

    @Test
    void forwardSecrecyIsPreferred() {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        SSLSocket socket = tls(server, client, "TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

        server.client(socket).connected(MqttVersion.V3_1_1);

        assertThat(socket.getSession().getCipherSuite()).startsWith("TLS_ECDHE");
    }

    @Test
    void rsaKeyExchangeCanBeOff() {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, Optional.of(material()), new TlsSettings(false, false));

        assertThatThrownBy(() -> tls(server, client, "TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA"))
                .hasCauseInstanceOf(SSLException.class);

        Eventually.until("counted", () -> failures(server, TlsFailure.SUITE) == 1);
    }

    // ---- sessions ----

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionGoesOnAlsoWithNewMaterial(String protocol) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        server.client(tls(server, client, protocol)).connected(MqttVersion.V5);
        server.client(tls(server, client, protocol)).connected(MqttVersion.V5);
        assertThat(server.transport.tlsCounters().resumed()).isEqualTo(1);

        server.transport.use(material(ROOT.issue("renewed"), List.of()));
        server.client(tls(server, client, protocol)).connected(MqttVersion.V5);

        assertThat(server.transport.tlsCounters().resumed()).isEqualTo(2);
    }

    @Test
    void newMaterialIsForHandshakesToCome() throws IOException {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        RawClient before = server.client(tls(server, client, "TLSv1.3")).connected(MqttVersion.V5);

        server.transport.use(material(ROOT.issue("renewed"), List.of()));

        SSLSocket socket = tls(server, ROOT.client(), "TLSv1.3");
        assertThat(socket.getSession().getPeerPrincipal().getName()).isEqualTo("CN=renewed");
        before.expectSilence();
        server.client(socket);
    }

    @Test
    void materialThatCannotBeUsedLeavesTheOldInPlace() {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());
        TlsMaterial foreign = material(SERVER, List.of(ROOT.revoke()));

        assertThatThrownBy(() -> server.transport.use(foreign)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CN=root belongs to no authority");

        server.client(tls(server, client, "TLSv1.3")).connected(MqttVersion.V5);
    }

    // ---- client certificates ----

    @ParameterizedTest
    @EnumSource(names = {"WANT", "NEED"})
    void aCertificateIsHandedOn(ClientCertificate asked) {
        TestServer server = start(Transport.AUTO, asked, material());

        server.client(tls(server, ROOT.client(DEVICE), "TLSv1.2")).connected(MqttVersion.V5);

        assertThat(application.nextPeer().certificate()).contains(DEVICE.certificate());
    }

    @Test
    void whereNoneIsAskedForThereIsNone() {
        TestServer server = start(Transport.AUTO, ClientCertificate.NONE, material());

        server.client(tls(server, ROOT.client(DEVICE), "TLSv1.3")).connected(MqttVersion.V5);

        assertThat(application.nextPeer().certificate()).isEmpty();
    }

    @Test
    void whereOneIsWantedThereMayBeNone() {
        TestServer server = start(Transport.AUTO, ClientCertificate.WANT, material());

        server.client(tls(server, client, "TLSv1.3")).connected(MqttVersion.V5);

        assertThat(application.nextPeer().certificate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whereOneIsNeededThereHasToBeOne(String protocol) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NEED, material());

        refused(server, client, protocol);

        Eventually.until("counted", () -> failures(server, TlsFailure.NO_CERTIFICATE) == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "not yet valid", "of another authority", "of its own", "revoked"})
    void aCertificateOfTheWrongKindIsRefused(String kind) {
        Instant now = Instant.now();
        Duration day = Duration.ofDays(1);
        Identity wrong = switch (kind) {
            case "expired" -> DEVICES.issue("device", now.minus(day.multipliedBy(2)), now.minus(day));
            case "not yet valid" -> DEVICES.issue("device", now.plus(day), now.plus(day.multipliedBy(2)));
            case "of another authority" -> new Authority("devices").issue("device"); // that calls itself the same
            case "of its own" -> new Authority("devices").self();
            default -> DEVICES.issue("device");
        };
        TestServer server = start(Transport.AUTO, ClientCertificate.WANT,
                material(SERVER, List.of(DEVICES.revoke(wrong.certificate()))));

        refused(server, ROOT.client(wrong), "TLSv1.2");

        Eventually.until("counted", () -> failures(server, TlsFailure.CERTIFICATE) == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResumedSessionIsRefusedToWhoIsRevokedMeanwhile(String protocol) {
        TestServer server = start(Transport.AUTO, ClientCertificate.NEED, material());
        SSLContext device = ROOT.client(DEVICE);
        server.client(tls(server, device, protocol)).connected(MqttVersion.V5);

        server.transport.use(material(SERVER, List.of(DEVICES.revoke(DEVICE.certificate()))));

        refused(server, device, protocol);
        Eventually.until("counted", () -> failures(server, TlsFailure.CERTIFICATE) == 1);
    }

    @Test
    void aSessionWithoutCertificateDoesNotGoOnWhereOneIsNeeded() {
        int open = TestServer.freePort();
        ListenerSettings closed = listener(TestServer.freePort(), Transport.TLS, ClientCertificate.NEED);
        TestServer server = start(TestServer.settings(List.of(listener(open, Transport.TLS, ClientCertificate.NONE), closed)),
                Optional.of(material()));
        server.client(tls(open, client, "TLSv1.2")).connected(MqttVersion.V5);

        // as a client does that takes both ports for the same server
        assertThatThrownBy(() -> tls(closed.port(), open, client, "TLSv1.2")).isInstanceOf(UncheckedIOException.class);

        Eventually.until("counted", () -> failures(server, TlsFailure.NO_CERTIFICATE) == 1);
    }

    // ----

    private TestServer start(Transport transport, ClientCertificate asked, TlsMaterial material) {
        return start(transport, asked, Optional.of(material), TlsSettings.DEFAULTS);
    }

    private TestServer start(Transport transport, ClientCertificate asked, Optional<TlsMaterial> material, TlsSettings tls) {
        return start(settings(transport, asked, tls), material);
    }

    private TestServer start(MqttServerSettings settings, Optional<TlsMaterial> material) {
        TestServer server = new TestServer(settings, material, application);
        running = Optional.of(server);
        return server;
    }

    private static MqttServerSettings settings(Transport transport, ClientCertificate asked, TlsSettings tls) {
        return settings(TestServer.freePort(), transport, asked, tls);
    }

    private static MqttServerSettings settings(int port, Transport transport, ClientCertificate asked, TlsSettings tls) {
        MqttServerSettings usual = TestServer.settings(List.of(listener(port, transport, asked)));
        return new MqttServerSettings(usual.listeners(), tls, usual.loops(), usual.connectTimeout(), usual.connectMaximum(),
                usual.unauthenticatedMaximum(), usual.unauthenticatedConnections(), usual.packetMaximum(), usual.receiveMaximum(), usual.sendWindow(),
                usual.topicAliasMaximum(), usual.outputMaximum());
    }

    private static ListenerSettings listener(int port, Transport transport, ClientCertificate asked) {
        return new ListenerSettings("listener", "127.0.0.1", port, transport, asked, false, List.of());
    }

    private static TlsMaterial material() {
        return material(SERVER, List.of());
    }

    private static TlsMaterial material(Identity server, List<X509CRL> revocations) {
        return new TlsMaterial(server.key(), List.of(server.certificate()), List.of(DEVICES.certificate()), revocations);
    }

    private static SSLSocket tls(TestServer server, SSLContext client, String protocol, String... suites) {
        return tls(server.port(), client, protocol, suites);
    }

    /** A socket whose handshake is over. */
    private static SSLSocket tls(int port, SSLContext client, String protocol, String... suites) {
        return tls(port, port, client, protocol, suites);
    }

    /** @param known the port whose sessions the client goes on with */
    private static SSLSocket tls(int port, int known, SSLContext client, String protocol, String... suites) {
        try {
            Socket beneath = new Socket(InetAddress.getLoopbackAddress(), port);
            try {
                beneath.setTcpNoDelay(true);
                beneath.setSoTimeout(10_000);
                SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(beneath, "localhost", known, true);
                socket.setEnabledProtocols(new String[] {protocol});
                if (suites.length > 0) {
                    socket.setEnabledCipherSuites(suites);
                }
                socket.startHandshake();
                return socket;
            } catch (IOException e) {
                beneath.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In TLS 1.3 a client hears of it after its side of the handshake. */
    private static void refused(TestServer server, SSLContext client, String protocol) {
        assertThatThrownBy(() -> {
            try (SSLSocket socket = tls(server, client, protocol)) {
                if (socket.getInputStream().read() < 0) {
                    throw new UncheckedIOException(new IOException("closed"));
                }
            }
        }).isInstanceOfAny(UncheckedIOException.class, IOException.class);
    }

    private static long failures(TestServer server, TlsFailure why) {
        return server.transport.tlsCounters().failures().get(why);
    }

    private static final class Application extends EchoHandler {

        final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
        final AtomicInteger moved = new AtomicInteger();
        volatile Optional<List<MqttLoop>> moves = Optional.empty(); // between these

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            peers.add(channel.peer());
            moves.ifPresentOrElse(loops -> channel.moveTo(loops.get(1 - channel.loop().index()), () -> {
                moved.incrementAndGet();
                super.connect(channel, connect);
            }), () -> super.connect(channel, connect));
        }

        Peer nextPeer() {
            return Eventually.next(peers);
        }
    }
}
