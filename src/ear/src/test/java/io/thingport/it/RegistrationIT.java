package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices get what they connect with by the secret of their product: over MQTT and over HTTPS. */
@ExtendWith(SharedServer.class)
class RegistrationIT {

    private static final String RANDOM = "567345";

    private final ThingportServer server;
    private final Rest rest;
    private final Device device;
    private final String product;
    private final String productSecret;

    RegistrationIT(ThingportServer server, Rest rest, Fleet fleet) {
        this.server = server;
        this.rest = rest;
        this.device = fleet.device();
        this.product = "/api/v1/products/" + device.productKey();
        this.productSecret = rest.get(product + "/secret").ok().json().getString("productSecret");
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_31", "PAHO_311", "PAHO_5", "HIVEMQ_311", "HIVEMQ_5"})
    void aRegisteredDeviceGetsItsSecretUntilItHasConnected(Client client) throws Exception {
        permit("pre-registered");
        JsonObject first = registered(client, secret(device.name()), "/ext/register");
        JsonObject last = registered(client, secret(device.name()), "/ext/register");

        assertThat(last.getString("productKey")).isEqualTo(device.productKey());
        assertThat(last.getString("deviceName")).isEqualTo(device.name());
        assertThat(connect(client, device.login())).isEqualTo(4);
        assertThat(connect(client, with(first).login())).isEqualTo(4);
        assertThat(connect(client, with(last).login())).isZero();
        assertThat(register(client, secret(device.name()))).isEqualTo(4);

        await().atMost(Deadline.ANSWER).until(() -> rest.get(device.path()).ok().json().containsKey("activatedAt"));
        rest.send("POST", device.path() + "/reset", "").ok();
        registered(client, secret(device.name()), "/ext/register");
    }

    @Test
    void aDeviceRegistersAndConnectsOverTls() throws Exception {
        permit("pre-registered");
        JsonObject given = registered(PahoV3.overTls(server.mqttPort(), secret(device.name()), 4), "/ext/register");
        try (Tool tool = PahoV3.overTls(server.mqttPort(), with(given).login(), 4)) {
            assertThat(tool.connect()).isZero();
            assertThat(rest.get(device.path()).ok().json().getJsonObject("connection").getBoolean("secure")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAHO_311", "HIVEMQ_5"})
    void aDeviceOfAnyNameGetsATokenAndConnectsWithIt(Client client) throws Exception {
        permit("any-name");
        Device other = new Device(device.productKey(), "any-name-" + client.ordinal(), "");
        JsonObject given = registered(client, token(other.name()), "/ext/regnwl");
        Login login = new Login(given.getString("clientId") + "|securemode=-2,authType=connwl,_ss=1,ext=3|",
                other.name() + "&" + other.productKey(), given.getString("deviceToken"), 60);

        try (Tool tool = client.tool(Listeners.TRUSTED, login).ready(other.topic("user/get"))) {
            assertThat(rest.get(other.path()).ok().json().getString("status")).isEqualTo("ONLINE");
            assertThat(rest.get(other.path() + "/tokens").ok().response().body())
                    .contains(given.getString("clientId"), "activatedAt").doesNotContain(given.getString("deviceToken"));
            assertThat(register(client, token(other.name()))).isZero();
            assertThat(tool.connected()).isTrue();

            rest.delete(other.path() + "/tokens/" + given.getString("clientId")).ok();
            tool.ended();
        }
        assertThat(connect(client, Listeners.TRUSTED, login)).isEqualTo(4);
    }

    @Test
    void whatTheProductDoesNotPermitIsRefused() throws Exception {
        assertThat(register(Client.PAHO_311, secret(device.name()))).isEqualTo(5);
        permit("pre-registered");
        assertThat(register(Client.PAHO_311, token(device.name()))).isEqualTo(5);
    }

    @Test
    void anUnknownDeviceAnUnknownProductAndAWrongSignatureAreRefusedAlike() throws Exception {
        permit("pre-registered");
        assertThat(register(Client.PAHO_311, secret("nobody"))).isEqualTo(4);
        assertThat(register(Client.PAHO_311, secret(device.name()).password("00"))).isEqualTo(4);
        assertThat(register(Client.PAHO_311, secret(device.name()).userName(device.name() + "&a1nobody"))).isEqualTo(4);
    }

    @Test
    void withoutTlsNothingIsRegistered() throws Exception {
        permit("pre-registered");
        assertThat(connect(Client.PAHO_311, secret(device.name()))).isEqualTo(2);
        assertThat(connect(Client.PAHO_5, secret(device.name()))).isEqualTo(0x85);
    }

    @Test
    void aRegistrationHasNoPartInTheDevicesMessages() throws Exception {
        permit("any-name");
        try (Tool tool = Client.PAHO_5.tool(Listeners.TRUSTED, secret(device.name()))) {
            assertThat(tool.connect()).isZero();
            assertThat(tool.subscribe(device.topic("user/get"))).isEqualTo(0x87);
            assertThat(tool.publish(device.topic("user/update"), 1, "x")).isEqualTo(0x87);
            assertThat(rest.get(device.path()).ok().json().getString("status")).isEqualTo("UNACTIVE");
        }
    }

    @Test
    void aDeviceGetsItsSecretOverHttps() throws Exception {
        permit("pre-registered");
        JsonObject answer = post("https://localhost:" + SharedServer.httpsPort(), secret(device.name()).password());

        assertThat(answer.getInt("code")).isEqualTo(200);
        assertThat(connect(Client.PAHO_311, with(answer.getJsonObject("data")).login())).isZero();
        assertThat(post("https://localhost:" + SharedServer.httpsPort(), secret(device.name()).password()).getInt("code"))
                .isEqualTo(6289);
    }

    @Test
    void overHttpsTheRefusalIsInTheBody() throws Exception {
        assertThat(post("https://localhost:" + SharedServer.httpsPort(), secret(device.name()).password()).getInt("code"))
                .isEqualTo(6288);
        assertThat(post("https://localhost:" + SharedServer.httpsPort(), "00").getInt("code")).isEqualTo(6600);
    }

    /** Whatever a header says: by default Liberty takes the one here for its own. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Proto", "$WSIS"})
    void overHttpNothingIsRegistered(String header) throws Exception {
        permit("pre-registered");
        assertThat(post("http://localhost:" + server.httpPort(), secret(device.name()).password(), header,
                header.equals("$WSIS") ? "true" : "https").getInt("code")).isEqualTo(403);
    }

    private void permit(String registration) {
        rest.send("PATCH", product, Json.createObjectBuilder().add("dynamicRegistration", registration).build().toString()).ok();
    }

    private Login secret(String name) {
        return request(name, "securemode=2,authType=register");
    }

    private Login token(String name) {
        return request(name, "securemode=-2,instanceId=iot-it,authType=regnwl");
    }

    private Login request(String name, String parameters) {
        String signature = SignMethod.HMACSHA256.sign(productSecret,
                "deviceName" + name + "productKey" + device.productKey() + "random" + RANDOM);
        return new Login(device.productKey() + "." + name + "|" + parameters + ",random=" + RANDOM
                + ",signmethod=hmacsha256|", name + "&" + device.productKey(), signature, 60);
    }

    private Device with(JsonObject given) {
        return new Device(device.productKey(), device.name(), given.getString("deviceSecret"));
    }

    private static JsonObject registered(Client client, Login request, String topic) throws Exception {
        return registered(client.tool(Listeners.TRUSTED, request), topic);
    }

    private static JsonObject registered(Tool tool, String topic) throws Exception {
        try (tool) {
            assertThat(tool.connect()).isZero();
            Received message = tool.next();
            assertThat(message.topic()).isEqualTo(topic);
            return json(message.text());
        }
    }

    private static int register(Client client, Login request) throws Exception {
        return connect(client, Listeners.TRUSTED, request);
    }

    private int connect(Client client, Login login) throws Exception {
        return connect(client, server.mqttPort(), login);
    }

    /** The code of 3.x, but for what 5.0 has a code of its own for. */
    private static int connect(Client client, int port, Login login) throws Exception {
        try (Tool tool = client.tool(port, login)) {
            int code = tool.connect();
            return code == 0x86 ? 4 : code;
        }
    }

    private JsonObject post(String base, String signature, String... headers) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().sslContext(AnyCertificate.context()).build();
        return json(http.send(HttpRequest.newBuilder(URI.create(base + "/auth/register/device"))
                .headers(Stream.concat(Stream.of("Content-Type", "application/x-www-form-urlencoded"), Stream.of(headers))
                        .toArray(String[]::new))
                .POST(HttpRequest.BodyPublishers.ofString("productKey=" + device.productKey() + "&deviceName=" + device.name()
                        + "&random=" + RANDOM + "&sign=" + signature + "&signMethod=hmacsha256")).build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
