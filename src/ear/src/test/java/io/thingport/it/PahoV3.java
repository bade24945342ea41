package io.thingport.it;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho for 3.1 and 3.1.1. */
final class PahoV3 extends Tool {

    private final MqttAsyncClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();

    /** @param level 3 for MQTT 3.1, 4 for 3.1.1 */
    PahoV3(String url, Login login, int level) {
        try {
            client = new MqttAsyncClient(url, login.clientId(), new MemoryPersistence());
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
        options.setMqttVersion(level);
        options.setCleanSession(!login.keeps());
        options.setKeepAliveInterval(login.keepAlive());
        options.setUserName(login.userName());
        options.setPassword(login.password().toCharArray());
        options.setConnectionTimeout((int) Deadline.ANSWER.toSeconds());
        options.setMaxInflight(1000); // Paho counts a publish as open for a while after it was acknowledged
        if (url.startsWith("wss:") || url.startsWith("ssl:")) {
            options.setSocketFactory(AnyCertificate.context().getSocketFactory());
            options.setHttpsHostnameVerificationEnabled(false);
        }
        client.setCallback(new Events());
    }

    /** A client that speaks TLS with whoever answers. */
    static PahoV3 overTls(int port, Login login, int level) {
        return new PahoV3("ssl://localhost:" + port, login, level);
    }

    @Override
    public int connect() throws MqttException {
        try {
            IMqttToken token = client.connect(options);
            done(token);
            sessionPresent(token.getSessionPresent());
            return 0;
        } catch (MqttException e) {
            if (e.getReasonCode() >= 1 && e.getReasonCode() <= 5) {
                return e.getReasonCode();
            }
            throw e;
        }
    }

    @Override
    public int subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 0);
        done(token);
        return token.getGrantedQos()[0];
    }

    @Override
    public void unsubscribe(String filter) throws MqttException {
        done(client.unsubscribe(filter));
    }

    @Override
    public int publish(String topic, int qos, String payload) throws MqttException {
        done(client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false));
        return 0;
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

    /** Paho calls on a thread of its own. */
    private final class Events implements MqttCallback {

        @Override
        public void connectionLost(Throwable cause) {
            endedBy(OptionalInt.empty());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            arrived(new Received(topic, message.getQos(), message.getPayload(), List.of()));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // publish() waits for the token itself
        }
    }
}
