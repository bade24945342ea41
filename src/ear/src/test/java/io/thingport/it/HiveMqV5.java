package io.thingport.it;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The HiveMQ client for 5.0; it takes topic aliases. */
final class HiveMqV5 extends Tool {

    private static final int TOPIC_ALIASES = 3;

    private final Mqtt5AsyncClient client;
    private final Login login;

    HiveMqV5(Way way, int port, Login login) {
        this.login = login;
        Mqtt5ClientBuilder builder = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port).identifier(login.clientId())
                .transportConfig().mqttConnectTimeout(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS).applyTransportConfig();
        if (way.webSocket()) { // its path is /
            builder = builder.webSocketWithDefaultConfig();
        }
        if (way.secure()) {
            builder = builder.sslConfig().trustManagerFactory(InsecureTrustManagerFactory.INSTANCE)
                    .hostnameVerifier((name, session) -> true).applySslConfig();
        }
        client = builder.addDisconnectedListener(this::disconnected).buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, message -> arrived(new Received(message.getTopic().toString(),
                message.getQos().getCode(), message.getPayloadAsBytes(), properties(message))));
    }

    @Override
    public int connect() {
        try {
            sessionPresent(client.toBlocking().connectWith().cleanStart(!login.keeps())
                    .sessionExpiryInterval(login.keeps() ? 0xFFFF_FFFFL : 0).keepAlive(login.keepAlive())
                    .restrictions().topicAliasMaximum(TOPIC_ALIASES).applyRestrictions()
                    .simpleAuth().username(login.userName()).password(login.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth().send().isSessionPresent());
            return 0;
        } catch (Mqtt5ConnAckException e) {
            return e.getMqttMessage().getReasonCode().getCode();
        }
    }

    @Override
    public int subscribe(String filter) {
        try {
            return client.toBlocking().subscribeWith().topicFilter(filter).qos(MqttQos.AT_MOST_ONCE).send()
                    .getReasonCodes().get(0).getCode();
        } catch (Mqtt5SubAckException e) {
            return e.getMqttMessage().getReasonCodes().get(0).getCode();
        }
    }

    @Override
    public void unsubscribe(String filter) {
        client.toBlocking().unsubscribeWith().topicFilter(filter).send();
    }

    @Override
    public int publish(String topic, int qos, String payload) {
        try {
            client.toBlocking().publishWith().topic(topic).qos(qos == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE)
                    .payload(payload.getBytes(StandardCharsets.UTF_8)).send();
            return 0;
        } catch (Mqtt5PubAckException e) {
            return e.getMqttMessage().getReasonCode().getCode();
        }
    }

    @Override
    public boolean connected() {
        return client.getState().isConnected();
    }

    @Override
    public void close() {
        client.disconnect().exceptionally(goneAlready -> null).join();
    }

    private void disconnected(MqttClientDisconnectedContext context) {
        if (context.getCause() instanceof Mqtt5DisconnectException told
                && context.getSource() == MqttDisconnectSource.SERVER) {
            endedBy(OptionalInt.of(told.getMqttMessage().getReasonCode().getCode()));
        } else if (context.getSource() != MqttDisconnectSource.USER) {
            endedBy(OptionalInt.empty());
        }
    }

    private static List<String> properties(Mqtt5Publish of) {
        List<String> all = new ArrayList<>();
        of.getPayloadFormatIndicator().filter(f -> f == Mqtt5PayloadFormatIndicator.UTF_8)
                .ifPresent(f -> all.add("payload-format=1"));
        of.getMessageExpiryInterval().ifPresent(e -> all.add("message-expiry=" + e));
        of.getContentType().map(MqttUtf8String::toString).ifPresent(t -> all.add("content-type=" + t));
        of.getResponseTopic().ifPresent(t -> all.add("response-topic=" + t));
        of.getCorrelationData().ifPresent(
                d -> all.add("correlation-data=" + StandardCharsets.UTF_8.decode(d)));
        of.getUserProperties().asList().forEach(p -> all.add("user:" + p.getName() + "=" + p.getValue()));
        return all;
    }
}
