package io.thingport.it.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dialogue of a device and a business server, from the question to the answer. */
@Tag("once")
@ExtendWith(SharedServer.class)
class DialogueIT {

    private static final byte[] CORRELATION = {0, 42, (byte) 0xFF};

    @ParameterizedTest
    @EnumSource
    void aServerReadsResponseTopicAndCorrelationDataAndAnswersWithPub(ConsumerClient client, ThingportServer server,
            Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        Mqtt5BlockingClient asking = connect(server, device);
        try (Consumer consumer = client.connect(server, ConsumerLogin.of("server-1", server.firstAccessKey(), group));
                Mqtt5Publishes answers = asking.publishes(MqttGlobalPublishFilter.ALL)) {
            asking.subscribeWith().topicFilter(device.topic("user/get")).qos(MqttQos.AT_LEAST_ONCE).send();
            asking.publishWith().topic(device.topic("user/update")).qos(MqttQos.AT_LEAST_ONCE)
                    .payload("what time is it?".getBytes(StandardCharsets.UTF_8))
                    .responseTopic(device.topic("user/get")).correlationData(CORRELATION).contentType("text/plain")
                    .userProperties().add("a", "1").add("b", "2").add("a", "3").applyUserProperties().send();

            Delivered question = consumer.next();
            assertThat(question.text()).isEqualTo("what time is it?");
            assertThat(question.properties()).containsEntry("topic", device.topic("user/update"))
                    .containsEntry("messageId", question.messageId())
                    .containsEntry("qos", 1)
                    .containsEntry("ContentType", "text/plain")
                    .containsEntry("a", "1").containsEntry("b", "2")
                    .containsEntry("UserProperty", "[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"},"
                            + "{\"Key\":\"a\",\"Value\":\"3\"}]")
                    .hasEntrySatisfying("generateTime", time -> assertThat(time).isInstanceOf(Long.class));
            String correlation = (String) question.properties().get("CorrelationData");
            assertThat(Base64.getDecoder().decode(correlation)).isEqualTo(CORRELATION);

            rest.post(device.path() + "/messages", Json.createObjectBuilder()
                    .add("topic", (String) question.properties().get("ResponseTopic")).add("qos", 1)
                    .add("payload", "late").add("correlationData", correlation).build()).ok();
            question.accept();
            Mqtt5Publish answer = answers.receive(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS).orElseThrow();
            assertThat(new String(answer.getPayloadAsBytes(), StandardCharsets.UTF_8)).isEqualTo("late");
            byte[] echoed = new byte[CORRELATION.length];
            answer.getCorrelationData().orElseThrow().get(echoed);
            assertThat(echoed).isEqualTo(CORRELATION);
        } finally {
            asking.disconnect();
        }
    }

    private static Mqtt5BlockingClient connect(ThingportServer server, Device device) {
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(server.mqttPort())
                .identifier(device.login().clientId()).buildBlocking();
        client.connectWith().cleanStart(true).keepAlive(60).simpleAuth().username(device.login().userName())
                .password(device.login().password().getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
        return client;
    }
}
