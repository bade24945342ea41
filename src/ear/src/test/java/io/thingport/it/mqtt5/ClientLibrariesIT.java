package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Properties by encoders and decoders that are not of this project: what it misreads it would also miswrite. */
@Tag("once")
@ExtendWith(SharedServer.class)
class ClientLibrariesIT {

    @Test
    void hiveMqReadsWhatConnackSays(ThingportServer server, Fleet fleet) {
        Device device = fleet.device();
        Mqtt5BlockingClient client = hiveMq(server, device);
        Mqtt5ConnAck connack = connect(client, device);
        Mqtt5ConnAckRestrictions restrictions = connack.getRestrictions();
        assertThat(restrictions.getReceiveMaximum()).isEqualTo(100);
        assertThat(restrictions.getMaximumPacketSize()).isEqualTo(262_144);
        assertThat(restrictions.getTopicAliasMaximum()).isEqualTo(20);
        assertThat(restrictions.getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
        assertThat(restrictions.isRetainAvailable()).isFalse();
        assertThat(restrictions.isWildcardSubscriptionAvailable()).isTrue();
        assertThat(restrictions.areSubscriptionIdentifiersAvailable()).isFalse();
        assertThat(restrictions.isSharedSubscriptionAvailable()).isFalse();
        assertThat(connack.getServerKeepAlive()).hasValue(60);
        client.disconnect();
    }

    @Test
    void hiveMqHearsItsOwnPropertiesAgain(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        Mqtt5BlockingClient client = hiveMq(server, device);
        connect(client, device);
        client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
        Mqtt5Publish sent = Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE)
                .payload("x".getBytes(StandardCharsets.UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8).messageExpiryInterval(600)
                .contentType("text/plain").responseTopic("/a/b").correlationData("42".getBytes(StandardCharsets.UTF_8))
                .userProperties().add("b", "2").add("a", "1").add("b", "2").applyUserProperties().build();
        try (Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.publish(sent);
            Mqtt5Publish came = publishes.receive(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS).orElseThrow();
            assertThat(came).isEqualTo(sent);
        }
        client.disconnect();
    }

    @Test
    void pahoHearsItsOwnPropertiesAgain(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        Login login = device.login();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(login.userName());
        options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
        options.setKeepAliveInterval(login.keepAlive());
        MqttProperties sent = new MqttProperties();
        sent.setPayloadFormat(true);
        sent.setMessageExpiryInterval(600L);
        sent.setContentType("text/plain");
        sent.setResponseTopic("/a/b");
        sent.setCorrelationData("42".getBytes(StandardCharsets.UTF_8));
        sent.setUserProperties(List.of(new UserProperty("b", "2"), new UserProperty("a", "1"), new UserProperty("b", "2")));
        BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + server.mqttPort(), login.clientId(),
                new MemoryPersistence());
        client.connect(options);
        client.subscribe(new MqttSubscription[] {new MqttSubscription(topic, 1)},
                new IMqttMessageListener[] {(name, message) -> messages.add(message)});
        MqttMessage message = new MqttMessage("x".getBytes(StandardCharsets.UTF_8), 1, false, sent);
        client.publish(topic, message);
        MqttProperties came = messages.poll(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS).getProperties();
        assertThat(came.getPayloadFormat()).isTrue();
        assertThat(came.getMessageExpiryInterval()).isEqualTo(600);
        assertThat(came.getContentType()).isEqualTo("text/plain");
        assertThat(came.getResponseTopic()).isEqualTo("/a/b");
        assertThat(came.getCorrelationData()).asString(StandardCharsets.UTF_8).isEqualTo("42");
        assertThat(came.getUserProperties()).extracting(UserProperty::getKey).containsExactly("b", "a", "b");
        client.disconnect();
        client.close();
    }

    private static Mqtt5BlockingClient hiveMq(ThingportServer server, Device device) {
        return Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(server.mqttPort())
                .identifier(device.login().clientId()).buildBlocking();
    }

    private static Mqtt5ConnAck connect(Mqtt5BlockingClient client, Device device) {
        Login login = device.login();
        return client.connectWith().keepAlive(login.keepAlive()).simpleAuth().username(login.userName())
                .password(login.password().getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
    }
}
