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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No secret stands in clear in a log, a metric, an error or a file, with everything logged that the application and its
 * libraries can; the server's own trace of HTTP shows headers, and is no part of it. The two files that
 * are there to hold one, of the master key and of the first access key, are left out.
 */
@Tag("once")
class SecretsNowhereIT {

    private static final String EVERYTHING = "*=info:io.thingport.*=all:org.hibernate.SQL=all:org.hibernate.orm.*=all"
            + ":org.hibernate.event.*=all:org.flywaydb.*=all";

    /** A secret in the column of product keys, by which the database is asked: a trace of its parameters has it. */
    private static final String MIXED_UP = "ImportedMixedUp01";

    private final List<String> secrets = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @Test
    void noSecretStandsInClear() throws Exception {
        try (ThingportServer server = ThingportServer.packaged("secrets-nowhere",
                Map.of("wlp.user.dir", userDirectory().toString(), "thingport.mqtt.trusted-tls", "true")).start()) {
            String first = server.firstAccessKey();
            secret(first.split(":")[1]);
            secret(Base64.getEncoder().encodeToString(first.getBytes(StandardCharsets.UTF_8)));
            secret(Files.readString(server.data().resolve("master-key")).strip().split(":")[1]);

            String productKey = products(server.rest());
            Device device = devices(server, productKey);
            registrations(server, productKey);
            imports(server.rest(), productKey);
            accessKeys(server.rest());
            dashboards(server, productKey);
            rotate(server, device);
            String metrics = get(server, "/metrics") + get(server, "/openapi") + get(server, "/health");
            server.stop();

            assertThat(secrets).hasSizeGreaterThan(15);
            assertThat(errors).hasSizeGreaterThan(8);
            assertClean(metrics);
            errors.forEach(this::assertClean);
            try (var files = Files.walk(Path.of(System.getProperty("thingport.it.directory"), "secrets-nowhere"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertFileIsClean(file);
                }
            }
        }
    }

    private String products(Rest rest) {
        refused(rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Nowhere_short")
                .add("productSecret", secret("ShortProduct")).build()));
        refused(rest.send("POST", "/api/v1/products", "{\"name\": \"x\", \"productSecret\": \"" + secret("MalformedProduct0")));
        refused(rest.send("POST", "/api/v1/products", "{\"" + secret("UnknownField0123") + "x\": 1} trailing"));
        String productKey = rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Nowhere")
                .add("productSecret", secret("GivenProduct0123")).build()).ok().json().getString("productKey");
        rest.get("/api/v1/products/" + productKey + "/secret").ok();
        String other = rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Nowhere_else").build())
                .ok().json().getString("productKey");
        secret(rest.get("/api/v1/products/" + other + "/secret").ok().json().getString("productSecret"));
        return productKey;
    }

    private Device devices(ThingportServer server, String productKey) throws Exception {
        Rest rest = server.rest();
        String devices = "/api/v1/products/" + productKey + "/devices";
        refused(rest.post(devices, Json.createObjectBuilder().add("deviceSecret", secret("ShortDevice")).build()));
        refused(rest.post(devices, Json.createObjectBuilder().add("deviceName", "lamp-00")
                .add("nickname", "!").add("deviceSecret", secret("RefusedDevice012")).build()));
        Device device = new Device(productKey, "lamp-01", secret("GivenDevice0123456789"));
        rest.post(devices, Json.createObjectBuilder().add("deviceName", device.name())
                .add("deviceSecret", device.secret()).build()).ok();
        refused(rest.post(devices, Json.createObjectBuilder().add("deviceName", device.name())
                .add("deviceSecret", secret("SecondDevice01234")).build()));
        secret(rest.post(devices, Json.createObjectBuilder().build()).ok().json().getString("deviceSecret"));
        rest.get(device.path() + "/secret").ok();
        rest.get(device.path()).ok();
        rest.get(devices).ok();
        Device impostor = new Device(productKey, device.name(), secret("ImpostorDevice012"));
        for (Client client : Client.values()) {
            for (Device each : List.of(device, impostor)) {
                secret(each.login().password());
                try (Tool tool = client.tool(server, each.login())) {
                    assertThat(tool.connect() == 0).isEqualTo(each == device);
                }
            }
        }
        refused(rest.post(device.path() + "/secret",
                Json.createObjectBuilder().add("deviceSecret", secret("ShortRotation")).build()));
        secret(rest.post(device.path() + "/secret", Json.createObjectBuilder().build()).ok().json()
                .getString("deviceSecret"));
        Device rotated = new Device(productKey, device.name(), secret("RotatedDevice0123"));
        rest.post(device.path() + "/secret", Json.createObjectBuilder().add("deviceSecret", rotated.secret()).build()).ok();
        rest.send("POST", device.path() + "/disable", "").ok();
        rest.send("POST", device.path() + "/enable", "").ok();
        return rotated;
    }

    private void registrations(ThingportServer server, String productKey) throws Exception {
        Rest rest = server.rest();
        String product = "/api/v1/products/" + productKey;
        rest.send("PATCH", product, "{\"dynamicRegistration\": \"any-name\"}").ok();
        String productSecret = rest.get(product + "/secret").ok().json().getString("productSecret");
        rest.post(product + "/devices", Json.createObjectBuilder().add("deviceName", "lamp-02").build()).ok();
        String content = "deviceNamelamp-02productKey" + productKey + "random1";
        Login request = new Login("it|securemode=2,authType=register,random=1,signmethod=hmacsha256|",
                "lamp-02&" + productKey, SignMethod.HMACSHA256.sign(productSecret, content), 60);
        for (Client client : Client.values()) {
            JsonObject given = registered(client.tool(server, request));
            Device device = new Device(productKey, "lamp-02", secret(given.getString("deviceSecret")));
            secret(device.login().password());
            JsonObject token = registered(client.tool(server, request.clientId(request.clientId().replace("register", "regnwl"))));
            Login login = new Login(token.getString("clientId") + "|securemode=-2,authType=connwl|", request.userName(),
                    secret(token.getString("deviceToken")), 60);
            try (Tool wrong = client.tool(server, login.password(secret("WrongDeviceToken0" + client.ordinal())))) {
                assertThat(wrong.connect()).isNotZero();
            }
            errors.add(rest.get(product + "/devices/lamp-02/tokens").ok().toString());
        }
    }

    private static JsonObject registered(Tool tool) throws Exception {
        try (tool) {
            assertThat(tool.connect()).isZero();
            try (var reader = Json.createReader(new StringReader(tool.next().text()))) {
                return reader.readObject();
            }
        }
    }

    private void imports(Rest rest, String productKey) {
        refused(rest.postCsv("/api/v1/imports", productKey + ",lamp-09," + secret("NoHeaderSecret01") + "\n"));
        refused(rest.send("POST", "/api/v1/imports", "{\"x\": \"" + secret("ImportedAsJson01") + "\"}"));
        importAndRead(rest, "productKey,deviceName,deviceSecret\n"
                + productKey + ",lamp-10," + secret("ImportedDevice01") + "\n"
                + productKey + ",lamp-11," + secret("Short!Imported") + "\n"
                + productKey + ",lamp-01," + secret("ImportedOther012") + "\n"
                + MIXED_UP + "," + productKey + ",\n"
                + productKey + "," + secret("ImportedAsName_01") + "/," + secret("ImportedMore0123") + ",more\n"
                + productKey + ",lamp-12,\"" + secret("ImportedBroken01") + "\"x\n");
        assertThat(rest.get("/api/v1/exports?secrets=true").ok().response().body()).contains("ImportedDevice01");
        assertClean(rest.get("/api/v1/exports").ok().response().body());
    }

    private void importAndRead(Rest rest, String file) {
        String path = "/api/v1/imports/" + rest.postCsv("/api/v1/imports", file).ok().json().getString("id");
        await().atMost(Deadline.START).until(() -> !rest.get(path).ok().json().getString("state").equals("running"));
        errors.add(rest.get(path).ok().toString());
        errors.add(rest.get(path + "/report").ok().toString());
        errors.add(rest.get("/api/v1/imports").ok().toString());
        assertThat(errors).noneMatch(answer -> answer.contains(MIXED_UP));
    }

    private void accessKeys(Rest rest) {
        JsonObject issued = rest.post("/api/v1/access-keys", Json.createObjectBuilder()
                .add("scopes", Json.createArrayBuilder().add("manage")).build()).ok().json();
        String id = issued.getString("accessKeyId");
        rest.as(id + ":" + secret(issued.getString("accessKeySecret"))).get("/api/v1/products").ok();
        refused(rest.as(id + ":" + secret("WrongAccessSecret")).get("/api/v1/products"));
        rest.get("/api/v1/access-keys").ok();
        rest.delete("/api/v1/access-keys/" + id).ok();
    }

    private void dashboards(ThingportServer server, String productKey) throws Exception {
        String wanted = "\"products\": [\"" + productKey + "\"], \"rights\": [\"watch\"]";
        refused(server.rest().send("POST", "/api/v1/tokens", "{" + wanted + ", \"token\": \"" + secret("UnknownField4567") + "\"}"));
        String token = secret(server.rest().send("POST", "/api/v1/tokens", "{" + wanted + "}").ok().json()
                .getString("token"));
        String changed = secret(token.replace(':', '.'));
        for (Client client : List.of(Client.PAHO_311, Client.HIVEMQ_5)) {
            try (Tool dashboard = client.tool(server, new Login("page", "token", token, 60))) {
                assertThat(dashboard.connect()).isZero();
                assertThat(dashboard.subscribe("/another/+/user/#")).isGreaterThanOrEqualTo(0x80);
            }
            try (Tool impostor = client.tool(server, new Login("page", "token", changed, 60))) {
                assertThat(impostor.connect()).isNotZero();
            }
        }
    }

    private void rotate(ThingportServer server, Device device) throws Exception {
        server.rest().send("POST", "/api/v1/master-key/rotations", "").ok();
        await().atMost(Deadline.START)
                .until(() -> server.rest().get("/api/v1/master-key").ok().json().getInt("left") == 0);
        secret(Files.readAllLines(server.data().resolve("master-key")).get(1).split(":")[1]);
        server.rest().delete(device.path() + "/secret/previous").ok();
        try (Tool tool = Client.PAHO_5.tool(server, device.login())) {
            assertThat(tool.connect()).isZero();
        }
    }

    private String secret(String text) {
        secrets.add(text);
        return text;
    }

    private void refused(Rest.Answer answer) {
        assertThat(answer.status()).isBetween(400, 499);
        errors.add(answer.toString() + answer.response().headers().map());
    }

    private void assertClean(String text) {
        for (String secret : secrets) {
            assertThat(text.contains(secret)).as("%s in %s", secret, text).isFalse();
        }
    }

    private void assertFileIsClean(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.equals("master-key") || name.equals("access-key")) {
            return;
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
            assertThat(bytes.contains(secret)).as("%s in %s", secret, file).isFalse();
        }
    }

    private static String get(ThingportServer server, String path) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    /** The packaged server with another trace specification, and log files that are never rolled over. */
    private static Path userDirectory() throws IOException {
        Path user = Path.of(System.getProperty("thingport.it.directory"), "secrets-nowhere-user");
        Folders.delete(user);
        Path server = user.resolve("servers/thingport");
        Path packaged = Path.of(System.getProperty("thingport.it.liberty"), "usr/servers/thingport");
        Files.createDirectories(server.resolve("apps"));
        Files.createSymbolicLink(server.resolve("apps/thingport.ear"), Path.of(System.getProperty("thingport.it.ear")));
        Files.createSymbolicLink(server.resolve("jdbc"), packaged.resolve("jdbc"));
        String xml = Files.readString(packaged.resolve("server.xml"));
        String loud = xml.replaceAll("<logging traceSpecification=\"[^\"]*\"",
                "<logging maxFileSize=\"0\" traceSpecification=\"" + EVERYTHING + "\"");
        assertThat(loud).isNotEqualTo(xml);
        Files.writeString(server.resolve("server.xml"), loud);
        return user;
    }
}
