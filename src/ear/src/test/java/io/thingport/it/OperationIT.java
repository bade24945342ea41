package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of a running server. */
@ExtendWith(SharedServer.class)
class OperationIT {

    @Test
    void runningServerIsLiveReadyAndStarted(ThingportServer server) {
        assertThat(server.health("live")).isEqualTo(200);
        assertThat(server.health("ready")).isEqualTo(200);
        assertThat(server.health("started")).isEqualTo(200);
    }

    @Test
    void firstAccessKeyIsForItsOwnerOnly(ThingportServer server) throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.accessKeyFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void metricsCountAndNameNoDevice(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        try (Tool tool = Client.PAHO_5.tool(server, device.login()).ready(device.topic("user/both"))) {
            tool.publish(device.topic("user/both"), 1, "counted");
            tool.next();
            rest.post(device.path() + "/rrpc", Json.createObjectBuilder().add("payload", "q").build()).ok();
            String metrics = get(server, "/metrics");
            assertThat(metrics).containsPattern("(?m)^thingport_mqtt_connections\\S* [1-9]")
                    .containsPattern("(?m)^thingport_mqtt_messages_total\\S*direction=\"in\"\\S*qos=\"1\"\\S* [1-9]")
                    .containsPattern("(?m)^thingport_mqtt_messages_total\\S*direction=\"out\"\\S*qos=\"1\"\\S* [1-9]")
                    .containsPattern("(?m)^thingport_rrpc_total\\S*outcome=\"not-subscribed\"\\S* [1-9]");
            assertThat(metrics).doesNotContain(device.name()).doesNotContain(device.productKey());
        }
    }

    /** Nobody asks for them there. */
    @Test
    void credentialsForMetricsAreNoError(ThingportServer server, Rest rest) {
        assertThat(rest.get("/metrics").status()).isEqualTo(200);
        assertThat(server.log()).doesNotContain("RegistryException");
    }

    @Test
    void apiDescribesItself(ThingportServer server) throws Exception {
        assertThat(get(server, "/openapi")).contains("/api/v1/products/{productKey}/devices/{deviceName}/rrpc");
    }

    /** A device's secret, its signature, an access key's secret: used, right and wrong, and nowhere in a log. */
    @Test
    void noSecretIsLogged(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Device impostor = new Device(device.productKey(), device.name(), "f00d".repeat(8));
        for (Client client : Client.values()) {
            client.tool(server, device.login()).ready().close();
            try (Tool tool = client.tool(server, impostor.login())) {
                assertThat(tool.connect()).isNotZero();
            }
        }
        String accessKeySecret = server.firstAccessKey().split(":")[1];
        rest.as(server.firstAccessKey().split(":")[0] + ":beadbead").get("/api/v1/products");
        assertThat(server.log()).doesNotContain(device.secret()).doesNotContain(impostor.secret())
                .doesNotContainIgnoringCase(device.login().password())
                .doesNotContainIgnoringCase(impostor.login().password())
                .doesNotContain(accessKeySecret).doesNotContain("beadbead");
    }

    private static String get(ThingportServer server, String path) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }
}
