package io.thingport.it;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The HiveMQ client for 3.1.1. */
final class HiveMqV3 extends Tool {

    private final Mqtt3AsyncClient client;
    private final Login login;

    HiveMqV3(Way way, int port, Login login) {
        this.login = login;
        Mqtt3ClientBuilder builder = Mqtt3Client.builder().serverHost("127.0.0.1").serverPort(port).identifier(login.clientId())
                .transportConfig().mqttConnectTimeout(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS).applyTransportConfig();
        if (way.webSocket()) { // its path is /
            builder = builder.webSocketWithDefaultConfig();
        }
        if (way.secure()) {
            builder = builder.sslConfig().trustManagerFactory(InsecureTrustManagerFactory.INSTANCE)
                    .hostnameVerifier((name, session) -> true).applySslConfig();
        }
        client = builder.addDisconnectedListener(context -> {
                    if (context.getSource() != MqttDisconnectSource.USER) {
                        endedBy(OptionalInt.empty());
                    }
                }).buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, message -> arrived(new Received(message.getTopic().toString(),
                message.getQos().getCode(), message.getPayloadAsBytes(), List.of())));
    }

    @Override
    public int connect() {
        try {
            sessionPresent(client.toBlocking().connectWith().cleanSession(!login.keeps()).keepAlive(login.keepAlive())
                    .simpleAuth().username(login.userName()).password(login.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth().send().isSessionPresent());
            return 0;
        } catch (Mqtt3ConnAckException e) {
            return e.getMqttMessage().getReturnCode().getCode();
        }
    }

    @Override
    public int subscribe(String filter) {
        try {
            return client.toBlocking().subscribeWith().topicFilter(filter).qos(MqttQos.AT_MOST_ONCE).send()
                    .getReturnCodes().get(0).getCode();
        } catch (Mqtt3SubAckException e) {
            return e.getMqttMessage().getReturnCodes().get(0).getCode();
        }
    }

    @Override
    public void unsubscribe(String filter) {
        client.toBlocking().unsubscribeWith().topicFilter(filter).send();
    }

    @Override
    public int publish(String topic, int qos, String payload) {
        client.toBlocking().publishWith().topic(topic).qos(qos == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8)).send();
        return 0;
    }

    @Override
    public boolean connected() {
        return client.getState().isConnected();
    }

    @Override
    public void close() {
        client.disconnect().exceptionally(goneAlready -> null).join();
    }
}
