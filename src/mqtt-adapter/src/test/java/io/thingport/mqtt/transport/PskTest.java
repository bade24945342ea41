package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.publish;
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
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.PskClient;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT behind TLS with a pre-shared key. */
class PskTest {

    private static final MqttVersion VERSION = MqttVersion.V3_1_1;
    private static final String IDENTITY = "devicename|hmacsha256|a1Qx7Lm2Zt9&lamp_01|2524608000000";
    private static final byte[] KEY = "97FB7C1F9003C6DC8B2728ADAE278AC5BA301B29F8C1F0AB62658CB80170C74B"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WRONG_KEY = "no".getBytes(StandardCharsets.US_ASCII);

    private final Application application = new Application();
    private final AtomicInteger asked = new AtomicInteger();
    private Function<String, CompletionStage<Optional<byte[]>>> keys = identity -> CompletableFuture.completedStage(
            Optional.of(KEY).filter(key -> identity.equals(IDENTITY)));
    private final int port = TestServer.freePort();
    private final TestServer server = new TestServer(settings(port, 1_000_000), application, identity -> {
        asked.incrementAndGet();
        return keys.apply(identity);
    });

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA, CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256})
    void whoHasTheKeyIsServed(int suite) throws IOException {
        try (RawClient client = client().suite(suite).connect()) {
            expectEcho(client, "1");
        }
    }

    @Test
    void theKeyIsLeftAsItIs() throws IOException {
        byte[] given = KEY.clone();
        keys = identity -> CompletableFuture.completedStage(Optional.of(given));
        client().connect().close();

        assertThat(given).isEqualTo(KEY);
    }

    @Test
    void whatWasProvenIsKnownOfThePeer() throws IOException {
        try (RawClient client = client().connect()) {
            client.connected(VERSION);
            Peer peer = Eventually.next(application.channels).peer();

            assertThat(peer.secure()).isTrue();
            assertThat(peer.pskIdentity()).contains(IDENTITY);
            assertThat(server.transport.tlsCounters().handshakes()).isEqualTo(1);
        }
    }

    @Test
    void anUnknownIdentityLooksLikeAWrongKey() {
        PskClient wrongKey = new PskClient(port, IDENTITY, WRONG_KEY);
        PskClient unknown = new PskClient(port, "nobody", KEY);
        PskClient tooLong = new PskClient(port, "x".repeat(129), KEY);

        for (PskClient client : List.of(wrongKey, unknown, tooLong)) {
            assertThatThrownBy(client::connect).isInstanceOf(IOException.class);
            assertThat(client.alert()).hasValue(AlertDescription.bad_record_mac);
        }
        Eventually.until("counted", () -> server.transport.tlsCounters().failed() == 3);
    }

    @Test
    void anIdentityThatIsTooLongIsNotLookedUp() {
        assertThatThrownBy(new PskClient(port, "x".repeat(129), KEY)::connect).isInstanceOf(IOException.class);

        assertThat(asked).hasValue(0);
    }

    @Test
    void aKeyMayComeLateAndOnAnotherThread() throws IOException {
        CompletableFuture<Optional<byte[]>> late = new CompletableFuture<>();
        keys = identity -> late;
        CompletableFuture<RawClient> connecting = CompletableFuture.supplyAsync(this::connected);
        Eventually.until("asked", () -> asked.get() == 1);

        late.complete(Optional.of(KEY));

        try (RawClient client = Eventually.get(connecting)) {
            expectEcho(client, "1");
        }
    }

    @Test
    void whoGoesWhileItsKeyIsLookedUpLeavesNothing() throws IOException {
        CompletableFuture<Optional<byte[]>> late = new CompletableFuture<>();
        keys = identity -> late;
        CompletableFuture<RawClient> connecting = CompletableFuture.supplyAsync(this::connected);
        Eventually.until("asked", () -> asked.get() == 1);

        server.transport.loops().forEach(loop -> TestServer.on(loop, () -> true));
        server.transport.close();
        late.complete(Optional.of(KEY));

        assertThatThrownBy(() -> Eventually.get(connecting)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLookUpThatFailsFailsTheHandshake() {
        keys = identity -> CompletableFuture.failedStage(new IOException("away"));

        assertThatThrownBy(client()::connect).isInstanceOf(IOException.class);

        Eventually.until("counted", () -> server.transport.tlsCounters().failed() == 1);
    }

    @Test
    void messagesMaySpanRecords() throws IOException {
        try (RawClient client = client().change(PskTest::inRecordsOfTenBytes).connect()) {
            expectEcho(client, "1");
        }
    }

    @Test
    void recordsMaySpanReads() throws IOException {
        try (RawClient client = client().connect()) {
            expectEcho(client, "x".repeat(100_000));
        }
    }

    @Test
    void fragmentsAreAsSmallAsTheClientAsks() throws IOException {
        PskClient asking = client().smallFragments();
        try (RawClient client = asking.connect()) {
            expectEcho(client, "x".repeat(5_000));
        }

        assertThat(asking.recordLengths()).hasSizeGreaterThan(10).allMatch(length -> length <= 512 + 64);
    }

    @Test
    void aMovedChannelWorksAsBefore() throws IOException {
        application.onConnect = (channel, connect) ->
                channel.moveTo(other(channel), () -> application.accept(channel, connect));
        for (int i = 0; i < 4; i++) { // two of each loop
            try (RawClient client = client().connect()) {
                expectEcho(client, "x".repeat(20_000));
            }
        }
    }

    @Test
    void theLastPacketAndTheEndOfTlsAreSeenBeforeTheSocketCloses() throws IOException {
        application.onConnect = (channel, connect) -> channel.refuse(ReasonCode.NOT_AUTHORIZED, "");
        try (RawClient client = client().connect()) {
            client.send(connect(VERSION));

            client.expect("20 02 00 05");
            client.expectClose(); // would fail without close_notify
        }
    }

    @Test
    void whatIsNoTlsEndsAtOnce() {
        RawClient client = server.client();

        client.trySend(Packets.bytes(connect(VERSION)));

        client.expectClose();
        assertThat(server.transport.tlsCounters().failed()).isEqualTo(1);
    }

    @Test
    void aHandshakeIsBounded() {
        RawClient client = server.client();
        byte[] half = Packets.bytes("16 03 01 20 00 01 00 40 00" + "00".repeat(8188));

        client.trySend(half);
        client.trySend(half);

        client.expectClose();
        Eventually.until("counted", () -> server.transport.tlsCounters().failed() == 1);
    }

    @Test
    void whatHandshakesHoldIsGivenBack() throws IOException {
        int other = TestServer.freePort();
        try (TestServer tight = new TestServer(settings(other, 2_000), application, keys)) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(new PskClient(other, IDENTITY, WRONG_KEY)::connect).isInstanceOf(IOException.class);
                try (RawClient client = new PskClient(other, IDENTITY, KEY).connect()) {
                    client.connected(VERSION);
                }
            }
            assertThat(tight.transport.tlsCounters().handshakes()).isEqualTo(10);
        }
    }

    @Test
    void noByteOfAHandshakeThatIsWrongHurtsOthers() throws IOException {
        int other = TestServer.freePort();
        Random random = new Random(4711);
        try (TestServer hasty = new TestServer(settings(other, 1_000_000, Duration.ofSeconds(1)), application, keys);
                RawClient bystander = new PskClient(other, IDENTITY, KEY).connect()) {
            bystander.connected(VERSION);
            for (int i = 0; i < 50; i++) {
                AtomicInteger left = new AtomicInteger(random.nextInt(400));
                int flip = 1 + random.nextInt(255);
                try (RawClient client = new PskClient(other, IDENTITY, KEY).change(bytes -> {
                    int at = left.getAndAdd(-bytes.length);
                    if (at >= 0 && at < bytes.length) {
                        bytes[at] ^= (byte) flip;
                    }
                    return bytes;
                }).connect()) {
                    client.trySend(Packets.bytes(connect(VERSION)));
                } catch (IOException refused) {
                    // as it should be, mostly
                }
            }

            bystander.expectSilence();
            assertThat(hasty.transport.tlsCounters().failed()).isGreaterThan(10);
        }
    }

    private PskClient client() {
        return new PskClient(port, IDENTITY, KEY);
    }

    private RawClient connected() {
        try {
            return client().connect();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private MqttLoop other(MqttChannel channel) {
        return server.transport.loops().get(1 - channel.loop().index());
    }

    private static MqttServerSettings settings(int port, int unauthenticatedMaximum) {
        return settings(port, unauthenticatedMaximum, Duration.ofSeconds(10));
    }

    private static MqttServerSettings settings(int port, int unauthenticatedMaximum, Duration connectTimeout) {
        MqttServerSettings d = TestServer.settings(List.of(
                new ListenerSettings("main", "127.0.0.1", port, Transport.PSK, ClientCertificate.NONE, false, List.of())));
        return new MqttServerSettings(d.listeners(), d.tls(), d.loops(), connectTimeout, 1_000, unauthenticatedMaximum,
                d.unauthenticatedConnections(), d.packetMaximum(), d.receiveMaximum(), d.sendWindow(),
                d.topicAliasMaximum(), d.outputMaximum());
    }

    private static void expectEcho(RawClient client, String text) {
        client.connected(VERSION);
        client.send(subscribe(VERSION, 1, "a"));
        client.readPacket();

        client.send(publish(VERSION, "a", text));

        client.expect(publish(VERSION, "a", text));
    }

    /** Records of the handshake's plain part, cut into smaller ones. */
    private static byte[] inRecordsOfTenBytes(byte[] record) {
        boolean plain = record[0] == 22 && (record[5] == 1 || record[5] == 16); // ClientHello, ClientKeyExchange
        if (!plain) {
            return record;
        }
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        for (int i = 5; i < record.length; i += 10) {
            int length = Math.min(10, record.length - i);
            cut.writeBytes(new byte[] {record[0], record[1], record[2], 0, (byte) length});
            cut.write(record, i, length);
        }
        return cut.toByteArray();
    }

    private static final class Application extends RecordingHandler {

        private volatile BiConsumer<MqttChannel, Connect> onConnect = this::accept;

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            channels.add(channel);
            onConnect.accept(channel, connect);
        }

        void accept(MqttChannel channel, Connect connect) {
            super.connect(channel, connect);
        }
    }
}
