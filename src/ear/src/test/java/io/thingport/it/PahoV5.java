package io.thingport.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho for 5.0. */
final class PahoV5 extends Tool {

    private final MqttAsyncClient client;
    private final MqttConnectionOptions options = new MqttConnectionOptions();

    PahoV5(String url, Login login) {
        try {
            client = new MqttAsyncClient(url, login.clientId(), new MemoryPersistence());
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
        options.setCleanStart(!login.keeps());
        options.setSessionExpiryInterval(login.keeps() ? 0xFFFF_FFFFL : null);
        options.setKeepAliveInterval(login.keepAlive());
        options.setUserName(login.userName());
        options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
        options.setConnectionTimeout((int) Deadline.ANSWER.toSeconds());
        options.setAutomaticReconnect(false);
        if (url.startsWith("wss:")) {
            options.setSocketFactory(AnyCertificate.context().getSocketFactory());
            options.setHttpsHostnameVerificationEnabled(false);
        }
        client.setCallback(new Events());
    }

    @Override
    public int connect() throws MqttException {
        try {
            IMqttToken token = client.connect(options);
            done(token);
            sessionPresent(token.getSessionPresent());
            return 0;
        } catch (MqttException e) {
            if (e.getReasonCode() >= 0x80 && e.getReasonCode() <= 0xFF) {
                return e.getReasonCode();
            }
            throw e;
        }
    }

    @Override
    public int subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 0);
        done(token);
        return token.getReasonCodes()[0];
    }

    @Override
    public void unsubscribe(String filter) throws MqttException {
        done(client.unsubscribe(filter));
    }

    @Override
    public int publish(String topic, int qos, String payload) throws MqttException {
        IMqttToken token = client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
        done(token);
        return qos == 0 ? 0 : token.getReasonCodes()[0];
    }

    @Override
    public boolean connected() {
        return client.isConnected();
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(Deadline.ANSWER.toMillis());
            }
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void done(IMqttToken token) throws MqttException {
        token.waitForCompletion(Deadline.ANSWER.toMillis());
    }

    private static List<String> properties(MqttProperties of) {
        List<String> all = new ArrayList<>();
        if (of.getPayloadFormat()) {
            all.add("payload-format=1");
        }
        if (of.getMessageExpiryInterval() != null) {
            all.add("message-expiry=" + of.getMessageExpiryInterval());
        }
        if (of.getContentType() != null) {
            all.add("content-type=" + of.getContentType());
        }
        if (of.getResponseTopic() != null) {
            all.add("response-topic=" + of.getResponseTopic());
        }
        if (of.getCorrelationData() != null) {
            all.add("correlation-data=" + new String(of.getCorrelationData(), StandardCharsets.UTF_8));
        }
        of.getUserProperties().forEach(p -> all.add("user:" + p.getKey() + "=" + p.getValue()));
        return all;
    }

    /** Paho calls on a thread of its own. */
    private final class Events implements MqttCallback {

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            int code = response.getReturnCode();
            endedBy(code >= 0x80 && code <= 0xFF ? OptionalInt.of(code) : OptionalInt.empty());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            arrived(new Received(topic, message.getQos(), message.getPayload(), properties(message.getProperties())));
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            // whoever waits for a token is told there
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // publish() waits for the token itself
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // connect() waits for the token itself
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // the server sends none
        }
    }
}
