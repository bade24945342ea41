package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is set up wrongly says so and serves nobody. */
@Tag("once")
class WrongSettingsIT {

    @Test
    void wrongValuesStopTheStartWithOneMessageThatNamesEachKey() {
        try (ThingportServer server = ThingportServer.packaged("wrong-settings", Map.of(
                "thingport.mqtt.loops", "many", "thingport.keep-alive.minimum", "half a minute", "thingport.will", "obey",
                "thingport.secrets.key", "c2hvcnQ="))) {
            server.launch();
            await().atMost(Deadline.START).pollInterval(Duration.ofMillis(200))
                    .until(() -> server.log().contains("CWWKZ0002E"));
            Pattern oneMessage = Pattern.compile("thingport\\.mqtt\\.loops[^\\[]*many(?s:[^\\[]*)");
            assertThat(server.log()).containsPattern(oneMessage);
            String message = oneMessage.matcher(server.log()).results().findFirst().orElseThrow().group();
            assertThat(message).contains("thingport.keep-alive.minimum").contains("half a minute")
                    .contains("thingport.will").contains("obey").contains("thingport.secrets.key");
            assertThat(server.log()).doesNotContain("c2hvcnQ=");
            assertThat(server.health("ready")).isNotEqualTo(200);
            assertThat(canConnect(server.mqttPort())).isFalse();
        }
    }

    @Test
    void portInUseIsSeenInReadiness() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ThingportServer server = ThingportServer.packaged("port-in-use",
                        Map.of("thingport.mqtt.port", Integer.toString(other.getLocalPort())))) {
            server.launch();
            await().atMost(Deadline.START).pollInterval(Duration.ofMillis(200))
                    .until(() -> server.health("started") == 200);
            var ready = server.healthAnswer("ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains(Integer.toString(other.getLocalPort()));
        }
    }

    private static boolean canConnect(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
