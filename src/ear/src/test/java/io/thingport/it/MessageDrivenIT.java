package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The sample of a Jakarta EE application beside the platform, deployed as the user guide says. It reaches the REST API over a
 * gateway of the test that can refuse.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageDrivenIT {

    private static final Path SAMPLE = Path.of("../samples/message-driven");

    private ThingportServer server;
    private Gateway gateway;
    private Device device;

    /** A device's message waits for the sample, which knows its access key only from the second start on. */
    @BeforeAll
    void deploy() throws Exception {
        Path user = Path.of(System.getProperty("thingport.it.directory"), "message-driven-user");
        Path home = prepare(user.resolve("servers/thingport"));
        server = ThingportServer.packaged("message-driven", Map.of("wlp.user.dir", user.toString())).start();
        gateway = new Gateway(server.httpPort());
        device = new Fleet(server.rest()).device();
        server.rest().send("PUT", "/api/v1/products/" + device.productKey() + "/subscription",
                "{\"kinds\":[\"data\"],\"groups\":[\"DEFAULT_GROUP\"]}").ok();
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready()) {
            tool.publish(device.topic("user/update"), 1, "early");
        }
        server.stop();
        Files.createDirectories(home.resolve("configDropins/defaults"));
        Files.copy(SAMPLE.resolve("config/message-driven.xml"), home.resolve("configDropins/defaults/message-driven.xml"));
        Files.copy(SAMPLE.resolve("adapter/target/artemis.rar"), home.resolve("apps/artemis.rar"));
        Files.copy(SAMPLE.resolve("web/target/message-driven.war"), home.resolve("apps/message-driven.war"));
        String[] key = server.firstAccessKey().split(":");
        server.set("sample.key-id", key[0]).set("sample.signature", sign(key[1], "authId=" + key[0] + "&timestamp=0"))
                .set("sample.access-key", server.firstAccessKey()).set("sample.url", gateway.url())
                .set("sample.port", Integer.toString(server.amqpPort())).start();
    }

    @AfterAll
    void stop() {
        server.stop();
        gateway.close();
    }

    @Test
    void receivesWhatWasPublishedWhileItWasAway() {
        await().atMost(Deadline.START).until(() -> page().contains("\"early\""));
    }

    @Test
    void answersOnTheResponseTopicWithTheCorrelationData() throws Exception {
        Mqtt5BlockingClient client = connected();
        try (Mqtt5Publishes answers = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter(device.topic("user/get")).send();
            ask(client, "what time is it?", "\u0000\u0001\u00ff");
            Mqtt5Publish answer = answers.receive(Deadline.START.toSeconds(), TimeUnit.SECONDS).orElseThrow();
            assertThat(answer.getPayloadAsBytes()).asString().isEqualTo("what time is it?");
            assertThat(answer.getCorrelationData()).contains(ByteBuffer.wrap(new byte[] {0, 1, (byte) 0xff}));
        } finally {
            client.disconnect();
        }
    }

    /** It would come again after a minute; it waits, and does not hold up the next. */
    @Test
    void messageWhoseTransactionIsRolledBackStaysWithItsGroup() throws Exception {
        Mqtt5BlockingClient client = connected();
        try (Mqtt5Publishes answers = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter(device.topic("user/get")).send();
            gateway.refuseOnce("refused at first");
            ask(client, "refused at first", "1");
            ask(client, "next", "2");
            Mqtt5Publish answer = answers.receive(Deadline.START.toSeconds(), TimeUnit.SECONDS).orElseThrow();
            assertThat(answer.getPayloadAsBytes()).asString().isEqualTo("next");
            assertThat(gateway.refused()).isEqualTo(1);
            await().atMost(Deadline.ANSWER).until(() -> server.rest().get("/api/v1/consumer-groups/DEFAULT_GROUP/status").ok()
                    .json().getInt("waiting") == 1);
        } finally {
            client.disconnect();
        }
    }

    private Mqtt5BlockingClient connected() {
        Login login = device.login();
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(server.mqttPort())
                .identifier(login.clientId()).buildBlocking();
        client.connectWith().simpleAuth().username(login.userName())
                .password(login.password().getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
        return client;
    }

    private void ask(Mqtt5BlockingClient client, String text, String correlation) {
        client.publishWith().topic(device.topic("user/update")).qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(StandardCharsets.UTF_8)).responseTopic(device.topic("user/get"))
                .correlationData(correlation.getBytes(StandardCharsets.ISO_8859_1)).send();
    }

    private String page() {
        return new Rest("http://127.0.0.1:" + server.httpPort(), "").get("/message-driven/uplinks").response().body();
    }

    /** A server folder like the packaged one. */
    private static Path prepare(Path home) throws Exception {
        Path packaged = Path.of(System.getProperty("thingport.it.liberty"), "usr/servers/thingport");
        Folders.delete(home);
        for (String file : List.of("server.xml", "jvm.options", "apps/thingport.ear", "jdbc/h2.jar")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(packaged.resolve(file), home.resolve(file));
        }
        return home;
    }

    private static String sign(String secret, String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
