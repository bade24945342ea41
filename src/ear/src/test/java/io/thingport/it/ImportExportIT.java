package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fleets that move in and out. */
@ExtendWith(SharedServer.class)
class ImportExportIT {

    private static final String SECRET = "7f3c9a5e1b8d4260a7c5e3f19b2d8640";

    @Test
    void fileOfTheVendorsConsoleIsTakenAsItIs(ThingportServer server, Rest rest) throws Exception {
        JsonObject end = run(rest, "type,productKey,name\nproduct,a1ImportVend,Import_vendor\n");
        assertThat(end.getInt("created")).isEqualTo(1);
        end = run(rest, "\uFEFFDeviceName,DeviceSecret,ProductKey\r\nlamp-01," + SECRET + ",a1ImportVend\r\n");
        assertThat(end.getString("state")).isEqualTo("done");
        try (Tool tool = Client.PAHO_311.tool(server, new Device("a1ImportVend", "lamp-01", SECRET).login())) {
            assertThat(tool.connect()).isZero();
        }
    }

    @Test
    void whatIsExportedMovesIntoAnEmptyServer(ThingportServer old, Rest rest) throws Exception {
        run(rest, """
                type,productKey,productSecret,name,description,topicClasses,suffix,operation,deviceName,deviceSecret,nickname,state
                product,a1ImportFrom,AbCdEfGh01234567,Import_from,"lights up, ""mostly\""",listed,,,,,,
                topic-class,a1ImportFrom,,,on or off,,user/state,ALL,,,,
                topic-class,a1ImportFrom,,,,,user/+/get,SUB,,,,
                device,a1ImportFrom,,,,,,,lamp-01,7f3c9a5e1b8d4260a7c5e3f19b2d8640,大厅灯,enabled
                device,a1ImportFrom,,,,,,,lamp-02,,,disabled
                """);
        String exported = export(rest, "?secrets=true&productKey=a1ImportFrom");
        try (ThingportServer empty = ThingportServer.packaged("moved-in", Map.of()).start()) {
            JsonObject end = run(empty.rest(), exported);
            assertThat(end.getInt("created")).isEqualTo(5);
            assertThat(export(empty.rest(), "?secrets=true")).isEqualTo(exported);
            assertThat(run(empty.rest(), exported).getInt("unchanged")).isEqualTo(5);
            try (Tool tool = Client.PAHO_5.tool(empty, new Device("a1ImportFrom", "lamp-01", SECRET).login())) {
                assertThat(tool.connect()).isZero();
            }
            empty.stop();
        }
    }

    @Test
    void exportHasSecretsOnlyWhenAsked(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        Rest.Answer answer = rest.get("/api/v1/exports?productKey=" + device.productKey()).ok();
        assertThat(answer.response().body()).contains(device.name()).doesNotContain(device.secret())
                .doesNotContain("Secret");
        assertThat(answer.contentType()).startsWith("text/csv");
        assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(rest.get("/api/v1/exports?secrets=yes").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/exports?productKey=a1unknown").status()).isEqualTo(404);
    }

    @Test
    void scopeMessageNeitherImportsNorExports(Rest rest, Fleet fleet) {
        Rest messenger = rest.as(fleet.accessKey("message"));
        assertThat(messenger.get("/api/v1/exports").status()).isEqualTo(403);
        assertThat(messenger.postCsv("/api/v1/imports", "productKey,deviceName\n").status()).isEqualTo(403);
    }

    @Test
    void reportTellsOfEachLineWithoutItsSecret(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        JsonObject end = run(rest, "productKey,deviceName,deviceSecret\n" + device.productKey() + ",import-01," + SECRET
                + "\n" + device.productKey() + ",import-02,short\n" + device.productKey() + "," + device.name() + ","
                + SECRET + "\n" + device.productKey() + "," + device.name() + "," + device.secret() + "\n");
        assertThat(end.getInt("lines")).isEqualTo(4);
        String report = rest.get("/api/v1/imports/" + end.getString("id") + "/report").ok().response().body();
        assertThat(report.lines()).containsExactly("line,result,reason", "2,created,",
                "3,failed,secret: 16 to 64 letters and digits",
                "4,failed,\"there is one already, with another secret\"", "5,unchanged,");
    }

    @Test
    void deviceThatAnImportDisablesIsDisconnectedAndRefused(ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.PAHO_5.tool(server, device.login()).ready()) {
            run(rest, "productKey,deviceName,state\n" + device.productKey() + "," + device.name() + ",disabled\n");
            assertThat(tool.ended()).hasValue(0x98);
        }
        try (Tool tool = Client.PAHO_5.tool(server, device.login())) {
            assertThat(tool.connect()).isEqualTo(0x87);
        }
    }

    @Test
    void importedTopicClassTakesEffectAtOnce(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = Client.PAHO_5.tool(server, device.login()).ready()) {
            run(rest, "type,productKey,suffix,operation\ntopic-class," + device.productKey() + ",user/both,ALL\n");
            tool.subscribe(device.topic("user/both"));
            tool.publish(device.topic("user/both"), 1, "at once");
            assertThat(tool.next().text()).isEqualTo("at once");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deviceName\nlamp-01\n", "productKey,deviceName,colour\na1,lamp-01,red\n"})
    void fileWithoutAKnownHeaderIs400(String file, Rest rest) {
        Rest.Answer answer = rest.postCsv("/api/v1/imports", file);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isEqualTo("invalid-request");
    }

    @Test
    void whatIsNotSentAsCsvIs415(Rest rest) {
        assertThat(rest.send("POST", "/api/v1/imports", "{}").status()).isEqualTo(415);
    }

    @Test
    void unknownImportIs404(Rest rest) {
        assertThat(rest.get("/api/v1/imports/none").json().getString("code")).isEqualTo("import-not-found");
        assertThat(rest.get("/api/v1/imports/none/report").status()).isEqualTo(404);
    }

    @Test
    void secondImportAtTheSameTimeIs409(ThingportServer server, Rest rest) throws Exception {
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            byte[] file = "productKey,deviceName\n".getBytes(StandardCharsets.UTF_8);
            String key = Base64.getEncoder().encodeToString(server.firstAccessKey().getBytes(StandardCharsets.UTF_8));
            OutputStream out = first.getOutputStream();
            out.write(("POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + key
                    + "\r\nContent-Type: text/csv\r\nContent-Length: " + file.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(file, 0, 5);
            await().atMost(Deadline.ANSWER).until(() -> rest.postCsv("/api/v1/imports", "").status() == 409);
            out.write(file, 5, file.length - 5);
            assertThat(new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8)).readLine())
                    .isEqualTo("HTTP/1.1 202 Accepted");
        }
    }

    @Test
    @Tag("once")
    void importOfTwentyThousandDevicesBrokenOffByAKillIsRepeated() {
        String file = IntStream.range(0, 20_000).mapToObj(i -> "device,a1ImportMany,,lamp-" + i + "\n")
                .collect(Collectors.joining("", "type,productKey,name,deviceName\nproduct,a1ImportMany,Import_many,\n", ""));
        try (ThingportServer server = ThingportServer.packaged("import-killed", Map.of()).start()) {
            String id = begin(server.rest(), file);
            await().atMost(Deadline.ANSWER).until(() -> status(server.rest(), id).getInt("lines") > 1000);
            server.close();
            server.start();
            assertThat(status(server.rest(), id).getString("state")).isEqualTo("interrupted");
            assertThat(server.data().resolve("imports")).isDirectoryNotContaining("glob:**.scratch");

            JsonObject end = run(server.rest(), file);
            assertThat(end.getString("state")).isEqualTo("done");
            assertThat(end.getInt("created") + end.getInt("unchanged")).isEqualTo(20_001);
            assertThat(end.getInt("unchanged")).isGreaterThan(1000);
            server.stop();
        }
    }

    private static JsonObject run(Rest rest, String file) {
        String id = begin(rest, file);
        await().atMost(Deadline.START).until(() -> !status(rest, id).getString("state").equals("running"));
        return status(rest, id);
    }

    /** Another test of the class may have left an import running. */
    private static String begin(Rest rest, String file) {
        Rest.Answer answer = await().atMost(Deadline.ANSWER)
                .until(() -> rest.postCsv("/api/v1/imports", file), a -> a.status() != 409);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.response().headers().firstValue("Location")).hasValueSatisfying(
                location -> assertThat(location).endsWith("/api/v1/imports/" + answer.json().getString("id")));
        return answer.json().getString("id");
    }

    private static JsonObject status(Rest rest, String id) {
        return rest.get("/api/v1/imports/" + id).ok().json();
    }

    private static String export(Rest rest, String query) {
        return rest.get("/api/v1/exports" + query).ok().response().body();
    }
}
