package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.TlsMaterial;
import io.thingport.mqtt.TlsSettings;
import io.thingport.mqtt.testing.Authority;
import io.thingport.mqtt.testing.Authority.Identity;
import io.thingport.mqtt.testing.Packets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS as OpenSSL's client speaks it; where that is not installed, nothing. */
class OpensslTest {

    private static final Authority ROOT = new Authority("root");
    private static final Identity SERVER = ROOT.issue("localhost");
    /** A CONNACK of 3.1.1 that accepts. */
    private static final String ACCEPTED = "20020000";
    private static final String LEGACY = "ALL:@SECLEVEL=0";
    private static final TlsSettings EVERYTHING = new TlsSettings(true, true);
    private static final Pattern RECORD = Pattern.compile(
            "(?m)^<<< [^\\n]*RecordHeader[^\\n]*\\n +(?:[0-9a-f]{2} ){3}([0-9a-f]{2}) ([0-9a-f]{2})");

    @TempDir
    private Path folder;
    private Optional<TestServer> running = Optional.empty();

    @BeforeAll
    static void installed() throws Exception {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "command -v openssl")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0, "openssl is not installed");
    }

    @AfterEach
    void stop() {
        running.ifPresent(TestServer::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void todaysVersionsAreSpoken(String version) throws Exception {
        assertThat(connack(start(TlsSettings.DEFAULTS), version)).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void oldVersionsAreSpokenOnlyWhereTheyAreOn(String version) throws Exception {
        TestServer off = start(TlsSettings.DEFAULTS);
        assertThat(connack(off, version, "-cipher", LEGACY)).isEmpty();
        off.close();

        assertThat(connack(start(EVERYTHING), version, "-cipher", LEGACY)).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES128-SHA", "AES256-SHA", "AES128-GCM-SHA256", "AES256-GCM-SHA384"})
    void rsaKeyExchangeIsSpokenOnlyWhereItIsOn(String suite) throws Exception {
        TestServer off = start(new TlsSettings(false, false));
        assertThat(connack(off, "-tls1_2", "-cipher", suite)).isEmpty();
        off.close();

        assertThat(connack(start(TlsSettings.DEFAULTS), "-tls1_2", "-cipher", suite)).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305",
        "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA"})
    void suitesWithForwardSecrecyAreAlwaysSpoken(String suite) throws Exception {
        assertThat(connack(start(new TlsSettings(false, false)), "-tls1_2", "-cipher", suite)).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL-SHA:@SECLEVEL=0", "ADH-AES128-SHA:@SECLEVEL=0", "DHE-RSA-AES128-SHA:@SECLEVEL=0",
        "PSK-AES128-CBC-SHA"})
    void othersNever(String suite) throws Exception {
        assertThat(connack(start(EVERYTHING), "-tls1_2", "-cipher", suite)).isEmpty();
    }

    /** The handshake's own messages are larger than that. */
    @ParameterizedTest
    @CsvSource({"-tls1_2, 512", "-tls1_2, 1024", "-tls1_3, 512"})
    void recordsAreAsSmallAsTheClientAsks(String version, int length) throws Exception {
        String trace = run(start(TlsSettings.DEFAULTS), version, "-maxfraglen", Integer.toString(length), "-msg");

        assertThat(trace).contains("Verify return code");
        Matcher records = RECORD.matcher(trace);
        List<Integer> lengths = new ArrayList<>();
        while (records.find()) {
            lengths.add(Integer.parseInt(records.group(1) + records.group(2), 16));
        }
        assertThat(lengths).isNotEmpty().allMatch(one -> one <= length + 256); // RFC 8446, 5.2
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES128-SHA", "AES128-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"})
    void aClientWithSmallRecordsConnects(String suite) throws Exception {
        assertThat(connack(start(TlsSettings.DEFAULTS), "-tls1_2", "-maxfraglen", "512", "-cipher", suite))
                .isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-ticket", "-no_ticket"})
    void aSessionOfTls12GoesOn(String ticket) throws Exception {
        TestServer server = start(TlsSettings.DEFAULTS);

        run(server, ticket.equals("-ticket") ? List.of("-tls1_2", "-reconnect") : List.of("-tls1_2", "-reconnect", ticket));

        assertThat(server.transport.tlsCounters().resumed()).isEqualTo(5);
    }

    @Test
    void aSessionOfTls13GoesOn() throws Exception {
        TestServer server = start(TlsSettings.DEFAULTS);
        String session = folder.resolve("session").toString();

        assertThat(connack(server, "-tls1_3", "-sess_out", session)).isEqualTo(ACCEPTED);
        assertThat(connack(server, "-tls1_3", "-sess_in", session)).isEqualTo(ACCEPTED);

        assertThat(server.transport.tlsCounters().resumed()).isEqualTo(1);
    }

    private TestServer start(TlsSettings tls) {
        MqttServerSettings usual = TestServer.settings(List.of(new ListenerSettings("listener", "127.0.0.1",
                TestServer.freePort(), Transport.AUTO, ClientCertificate.NONE, false, List.of())));
        TestServer server = new TestServer(new MqttServerSettings(usual.listeners(), tls, usual.loops(),
                usual.connectTimeout(), usual.connectMaximum(), usual.unauthenticatedMaximum(),
                usual.unauthenticatedConnections(), usual.packetMaximum(), usual.receiveMaximum(), usual.sendWindow(),
                usual.topicAliasMaximum(), usual.outputMaximum()),
                Optional.of(new TlsMaterial(SERVER.key(), List.of(SERVER.certificate()), List.of(), List.of())),
                new EchoHandler());
        running = Optional.of(server);
        return server;
    }

    /** The first four bytes that come back for a CONNECT; none when the connection ends. */
    private static String connack(TestServer server, String... options) throws Exception {
        List<String> command = command(server, List.of(options));
        command.add("-quiet");
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream answer = process.getInputStream()) {
            try {
                process.getOutputStream().write(Packets.bytes(Packets.connect(MqttVersion.V3_1_1)));
                process.getOutputStream().flush();
            } catch (IOException ended) {
                // the answer tells
            }
            return Packets.hex(answer.readNBytes(4));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String run(TestServer server, String... options) throws Exception {
        return run(server, List.of(options));
    }

    /** What it says about handshakes. */
    private static String run(TestServer server, List<String> options) throws Exception {
        Process process = new ProcessBuilder(command(server, options)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream said = process.getInputStream()) {
            String all = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("has ended").isTrue();
            return all;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(TestServer server, List<String> options) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
        command.addAll(options);
        return command;
    }
}
