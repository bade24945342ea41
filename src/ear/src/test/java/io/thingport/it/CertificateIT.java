package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.testing.Authority;
import io.thingport.mqtt.testing.Authority.Identity;
import jakarta.json.Json;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices prove themselves with certificates, by Eclipse Paho; wherever one is asked for, or else where one is needed. */
@ExtendWith(SharedServer.class)
@Tag("once")
class CertificateIT {

    private static final Duration DAY = Duration.ofDays(1);

    private final ThingportServer server;
    private final Rest rest;
    private final Fleet fleet;
    private final Device device;
    private final Identity own = TlsFiles.DEVICES.issue("device");
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private MqttAsyncClient client;

    CertificateIT(ThingportServer server, Rest rest, Fleet fleet) {
        this.server = server;
        this.rest = rest;
        this.fleet = fleet;
        String product = rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Certified_" + System.nanoTime())
                .add("authentication", "x509").build()).ok().json().getString("productKey");
        this.device = fleet.device(product);
    }

    @AfterEach
    void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect(0).waitForCompletion(Deadline.ANSWER.toMillis());
        }
        client.close(true);
    }

    @Test
    void aDeviceThatDoesNotKnowItsNameIsTold() throws Exception {
        register(device, own);
        assertThat(connect(Listeners.CERTIFIED, own, "")).isZero();
        assertThat(received.poll(Deadline.ANSWER.toSeconds(), TimeUnit.SECONDS)).isEqualTo(
                "/ext/auth/identity/response {\"productKey\":\"" + device.productKey() + "\",\"deviceName\":\""
                        + device.name() + "\"}");
    }

    @Test
    void aDeviceThatKnowsItsNamePublishesAsAnyOther() throws Exception {
        register(device, own);
        assertThat(connect(server.mqttPort(), own, userName(device))).isZero();
        client.publish(device.topic("user/update"), new byte[1], 1, false).waitForCompletion(Deadline.ANSWER.toMillis());
        assertThat(rest.get(device.path()).ok().json().getJsonObject("connection").getBoolean("secure")).isTrue();
    }

    @Test
    void theNameOfAnotherDeviceIsNotAuthorized() throws Exception {
        Device other = fleet.device(device.productKey());
        register(device, own);
        register(other, TlsFiles.DEVICES.issue("other"));
        assertThat(connect(server.mqttPort(), own, userName(other))).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateThatIsNotRegisteredIsNotAuthorized(boolean named) throws Exception {
        assertThat(connect(server.mqttPort(), own, named ? userName(device) : "&")).isEqualTo(5);
        assertThat(server.log()).contains("the certificate does not stand for the device: ");
    }

    @Test
    void whenItsCertificateIsRevokedTheDeviceLosesItsConnectionAndGetsNoOther() throws Exception {
        String fingerprint = register(device, own);
        assertThat(connect(server.mqttPort(), own, userName(device))).isZero();
        rest.send("POST", device.path() + "/certificates/" + fingerprint + "/revoke", "").ok();
        Awaitility.await().atMost(Deadline.ANSWER).until(() -> !client.isConnected());
        client.close(true);
        assertThat(connect(server.mqttPort(), own, userName(device))).isEqualTo(5);
    }

    @Test
    void aDeviceThatShowsNoneCannotConnectWithItsSecret() throws Exception {
        Login login = device.login();
        assertThat(connect(server.mqttPort(), TlsFiles.ROOT.client(), login.clientId(), login.userName(), login.password()))
                .isEqualTo(5);
    }

    @Test
    void whereOneIsWantedADeviceWithASecretNeedsNone() throws Exception {
        Login login = fleet.device().login();
        assertThat(connect(server.mqttPort(), TlsFiles.ROOT.client(), login.clientId(), login.userName(), login.password()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "expired", "not yet valid", "of another authority", "of its own", "for servers",
            "in the revocation list"})
    void theHandshakeFailsWithOneThatIsOfNoUse(String kind) throws Exception {
        Instant now = Instant.now();
        SSLContext tls = switch (kind) {
            case "none" -> TlsFiles.ROOT.client();
            case "expired" -> TlsFiles.ROOT.client(TlsFiles.DEVICES.issue("device", now.minus(DAY.multipliedBy(2)), now.minus(DAY)));
            case "not yet valid" -> TlsFiles.ROOT.client(TlsFiles.DEVICES.issue("device", now.plus(DAY), now.plus(DAY.multipliedBy(2))));
            case "of another authority" -> TlsFiles.ROOT.client(new Authority("Devices").issue("device"));
            case "of its own" -> TlsFiles.ROOT.client(new Authority("Devices").self());
            case "for servers" -> TlsFiles.ROOT.client(TlsFiles.DEVICES.issueForServer("device"));
            default -> TlsFiles.ROOT.client(TlsFiles.LISTED);
        };
        assertThatThrownBy(() -> connect(Listeners.CERTIFIED, tls, ".", "", ""))
                .isInstanceOf(MqttException.class);
    }

    /** The fingerprint. */
    private String register(Device whose, Identity certificate) throws CertificateEncodingException {
        return rest.post(whose.path() + "/certificates", Json.createObjectBuilder()
                .add("certificate", TlsFiles.pem("CERTIFICATE", certificate.certificate().getEncoded())).build())
                .ok().json().getString("fingerprint");
    }

    private static String userName(Device device) {
        return device.name() + "&" + device.productKey();
    }

    private int connect(int port, Identity identity, String userName) throws MqttException {
        return connect(port, TlsFiles.ROOT.client(identity), ".", userName, "");
    }

    /** @return the code of CONNACK */
    private int connect(int port, SSLContext tls, String clientId, String userName, String password) throws MqttException {
        client = new MqttAsyncClient("ssl://localhost:" + port, clientId, new MemoryPersistence());
        client.setCallback(new Events());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setSocketFactory(tls.getSocketFactory());
        options.setConnectionTimeout((int) Deadline.ANSWER.toSeconds());
        if (!userName.isEmpty()) {
            options.setUserName(userName);
        }
        if (!password.isEmpty()) {
            options.setPassword(password.toCharArray());
        }
        try {
            client.connect(options).waitForCompletion(Deadline.ANSWER.toMillis());
            return 0;
        } catch (MqttException e) {
            if (e.getReasonCode() >= 1 && e.getReasonCode() <= 5) {
                return e.getReasonCode();
            }
            throw e;
        }
    }

    /** Paho calls on a thread of its own. */
    private final class Events implements MqttCallback {

        @Override
        public void connectionLost(Throwable cause) {
            // the test looks at the client
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(topic + " " + message);
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // the test waits for the token itself
        }
    }
}
