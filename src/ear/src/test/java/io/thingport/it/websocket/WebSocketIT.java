package io.thingport.it.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Client;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import io.thingport.it.Way;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** MQTT over WebSocket: public clients, and what no client library sends. */
@Tag("once")
@ExtendWith(SharedServer.class)
class WebSocketIT {

    private static final Pattern THREADS = Pattern.compile("(?m)^thread_count(?:\\{[^}]*})? (\\S+)$");
    private static final int MANY = 300;

    static Stream<Arguments> clientsAndWays() {
        return Arrays.stream(Client.values()).flatMap(client ->
                Stream.of(Way.WS, Way.WSS).map(way -> Arguments.of(client, way)));
    }

    /** HiveMQ's clients come to the path /, the others to /mqtt. */
    @ParameterizedTest
    @MethodSource("clientsAndWays")
    void itIsAsOverTcp(Client client, Way way, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("both", "ALL"));
        String large = "x".repeat(200_000);
        try (Tool tool = client.tool(server, device.login(), way).ready(device.topic("user/both"))) {
            assertThat(tool.publish(device.topic("user/both"), 1, "hello")).isZero();
            assertThat(tool.next().text()).isEqualTo("hello");
            assertThat(tool.publish(device.topic("user/both"), 1, large)).isZero();
            assertThat(tool.next().text()).isEqualTo(large);
        }
    }

    @ParameterizedTest
    @MethodSource("clientsAndWays")
    void refusalsAreToldByConnack(Client client, Way way, ThingportServer server, Fleet fleet) throws Exception {
        try (Tool tool = client.tool(server, fleet.device().login().password("00"), way)) {
            assertThat(tool.connect()).isEqualTo(client.sees(0x86, 4));
        }
    }

    @ParameterizedTest
    @CsvSource({"mqtt, mqtt", "mqttv3.1, mqttv3.1", "'chat, mqtt', mqtt", "'', ''"})
    void theSubprotocolIsAnsweredAndNoSessionIsMade(String offered, String answered, ThingportServer server) throws IOException {
        String header = offered.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + offered + "\r\n";
        try (RawWebSocket client = new RawWebSocket(server.httpPort(), "/mqtt",
                header + "Sec-WebSocket-Extensions: permessage-deflate\r\nOrigin: https://any.example\r\n")) {
            assertThat(client.answer()).startsWith("HTTP/1.1 101 ").doesNotContain("Set-Cookie", "Sec-WebSocket-Extensions");
            if (answered.isEmpty()) {
                assertThat(client.answer()).doesNotContain("Sec-WebSocket-Protocol");
            } else {
                assertThat(client.answer()).contains("Sec-WebSocket-Protocol: " + answered + "\r\n");
            }
        }
    }

    @Test
    void anotherSubprotocolIsRefused(ThingportServer server) throws IOException {
        try (RawWebSocket client = new RawWebSocket(server.httpPort(), "/mqtt", "Sec-WebSocket-Protocol: chat\r\n")) {
            assertThat(client.answer()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void othersAreToldToUpgradeOnThePathOfItsOwnAlone(ThingportServer server) throws Exception {
        assertThat(get(server, "/mqtt").statusCode()).isEqualTo(426);
        assertThat(get(server, "/").body()).contains("\"Code\":\"MissingParameter\""); // the vendor's API has the rest of it
        assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void packetsLieInFramesAsTheyLike(ThingportServer server, Fleet fleet) throws IOException {
        byte[] connect = connect(fleet.device().login());
        try (RawWebSocket client = new RawWebSocket(server.httpPort(), "/", "")) {
            client.send(RawWebSocket.frame(0x02, Arrays.copyOf(connect, 3))); // a message of three frames, a ping among them
            client.send(RawWebSocket.frame(0x89, "ab".getBytes(StandardCharsets.US_ASCII)));
            client.send(RawWebSocket.frame(0x00, Arrays.copyOfRange(connect, 3, 20)));
            client.send(RawWebSocket.frame(0x80, Arrays.copyOfRange(connect, 20, 30)));
            client.send(RawWebSocket.frame(RawWebSocket.BINARY, Arrays.copyOfRange(connect, 30, connect.length)));
            assertThat(client.readFrame()).isEqualTo("8a026162");
            assertThat(client.readFrame()).isEqualTo("820420020000");
            client.send(RawWebSocket.frame(RawWebSocket.BINARY, new byte[] {(byte) 0xC0, 0, (byte) 0xC0, 0}));
            assertThat(client.readFrame()).isEqualTo("8204d000d000");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            text,                             81 82 00000000 6869,           03eb
            RSV bit,                          c2 82 00000000 6869,           03ea
            reserved opcode,                  83 82 00000000 6869,           03ea
            reserved control opcode,          8b 80 00000000,                03ea
            control frame in fragments,       09 81 00000000 61,             03ea
            continuation of nothing,          80 81 00000000 61,             03ea
            message within a message,         02 81 00000000 10 82 80 00000000, 03ea
            length of 2^62,                   82 ff 4000000000000000 00000000, 03f1
            more than CONNECT may have,       82 ff 0000000000020001 00000000, 03f1
            close of one byte,                88 81 00000000 03,             03ea
            close with a code not to be sent, 88 82 00000000 03ed,           03ea
            """)
    void framesThatBreakTheRulesEndTheConnection(String what, String frames, String code, ThingportServer server)
            throws IOException {
        try (RawWebSocket client = new RawWebSocket(server.httpPort(), "/mqtt", "")) {
            client.send(frames);
            assertThat(client.readFrame()).as(what).startsWith("88").satisfies(close -> assertThat(close.substring(4))
                    .startsWith(code));
        }
    }

    @Test
    void aControlFrameOfMoreThan125BytesEndsTheConnection(ThingportServer server) throws IOException {
        try (RawWebSocket client = new RawWebSocket(server.httpPort(), "/mqtt", "")) {
            client.send(RawWebSocket.frame(0x89, new byte[126]));
            assertThat(client.readFrame()).startsWith("88").satisfies(close -> assertThat(close.substring(4)).startsWith("03ea"));
        }
    }

    @Test
    void nothingIsTakenAfterACloseFrame(ThingportServer server, Fleet fleet) throws IOException {
        try (RawWebSocket client = new RawWebSocket(server.httpPort(), "/mqtt", "")) {
            client.send("88 82 00000000 03e8");
            client.send(RawWebSocket.frame(RawWebSocket.BINARY, connect(fleet.device().login())));
            assertThat(client.readFrame()).isEqualTo("880203e8");
            assertThat(client.readFrame()).isEmpty();
        }
    }

    /** Those that say nothing more than this are closed when the time for CONNECT is over. */
    @Test
    void whoSendsNoWholeConnectIsClosed(ThingportServer server) throws IOException {
        List<RawWebSocket> clients = new ArrayList<>();
        try {
            for (String bytes : List.of("", "82", "82 fe 00", "82 8e 00000000 10", "82 02 6869", "82 ff 8000000000000000 00000000",
                    "82 82 00000000 10 20")) {
                clients.add(new RawWebSocket(server.httpPort(), "/mqtt", "").send(bytes));
            }
            for (RawWebSocket client : clients) {
                assertThat(client.readFrame()).satisfiesAnyOf(end -> assertThat(end).isEmpty(),
                        close -> assertThat(close).startsWith("88"));
            }
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void noThreadWaitsForAConnection(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        String product = fleet.device().productKey();
        List<RawWebSocket> clients = new ArrayList<>();
        int before = threads(server);
        try {
            for (int i = 0; i < MANY; i++) {
                RawWebSocket client = new RawWebSocket(server.httpPort(), "/mqtt", "");
                clients.add(client);
                client.send(RawWebSocket.frame(RawWebSocket.BINARY, connect(fleet.device(product).login())));
                assertThat(client.readFrame()).isEqualTo("820420020000");
            }
            assertThat(threads(server) - before).isLessThan(MANY / 3);
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
    }

    private static int threads(ThingportServer server) throws Exception {
        Matcher found = THREADS.matcher(get(server, "/metrics?scope=base").body());
        assertThat(found.find()).isTrue();
        return (int) Double.parseDouble(found.group(1));
    }

    private static HttpResponse<String> get(ThingportServer server, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.httpPort() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** CONNECT of 3.1.1 with clean session. */
    private static byte[] connect(Login login) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        string(body, "MQTT");
        body.writeBytes(new byte[] {4, (byte) 0xC2, 0, 60});
        string(body, login.clientId());
        string(body, login.userName());
        string(body, login.password());
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        packet.write(body.size() & 0x7F | 0x80);
        packet.write(body.size() >> 7);
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    private static void string(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(bytes.length >> 8);
        to.write(bytes.length);
        to.writeBytes(bytes);
    }
}
