package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receive Maximum as a rate, with a client that acknowledges at once. */
@Tag("once")
@ExtendWith(SharedServer.class)
class ReceiveMaximumIT {

    private static final int RECEIVE_MAXIMUM = 5;

    @ParameterizedTest
    @ValueSource(longs = {0, 3600})
    void whatIsTooFastComesLaterAndInOrder(long sessionExpiry, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Login login = device.login();
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(server.mqttPort())
                .identifier(login.clientId()).buildBlocking();
        client.connectWith().sessionExpiryInterval(sessionExpiry).keepAlive(login.keepAlive())
                .restrictions().receiveMaximum(RECEIVE_MAXIMUM).applyRestrictions()
                .simpleAuth().username(login.userName()).password(login.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth().send();
        client.subscribeWith().topicFilter(device.topic("user/get")).qos(MqttQos.AT_LEAST_ONCE).send();
        List<String> sent = IntStream.rangeClosed(1, 2 * RECEIVE_MAXIMUM + 1).mapToObj(Integer::toString).toList();
        List<String> came = new ArrayList<>();
        try (Mqtt5BlockingClient.Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            for (String text : sent) {
                server.rest().post(device.path() + "/messages", Json.createObjectBuilder()
                        .add("topic", "user/get").add("qos", 1).add("payload", text).build()).ok();
            }
            while (came.size() < sent.size()) {
                came.add(new String(publishes.receive(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS).orElseThrow()
                        .getPayloadAsBytes(), StandardCharsets.UTF_8));
            }
        } finally {
            client.disconnect();
        }
        assertThat(came).isEqualTo(sent);
    }
}
