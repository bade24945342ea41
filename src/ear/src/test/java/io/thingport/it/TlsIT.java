package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on the port of plain MQTT, by public clients; where OpenSSL's and mosquitto's are not installed, without them. */
@Tag("once")
@ExtendWith(SharedServer.class)
class TlsIT {

    @TempDir
    private Path folder;
    private final ThingportServer server;
    private final Device device;

    TlsIT(ThingportServer server, Fleet fleet) {
        this.server = server;
        this.device = fleet.device();
    }

    @Test
    void mosquittoPublishes() throws Exception {
        assertThat(mosquitto(TlsFiles.rootFile())).isEqualTo("0 ");
    }

    @Test
    void aClientThatKnowsAnotherRootDoesNotGoOn() throws Exception {
        Path other = Files.writeString(folder.resolve("other.pem"),
                TlsFiles.pem("CERTIFICATE", TlsFiles.DEVICES.certificate().getEncoded()));

        assertThat(mosquitto(other)).doesNotStartWith("0");
    }

    @Test
    void theHiveMqClientConnects() throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", TlsFiles.ROOT.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        Login login = device.login();
        Mqtt5BlockingClient client = Mqtt5Client.builder().serverHost("localhost").serverPort(server.mqttPort())
                .identifier(login.clientId()).sslConfig().trustManagerFactory(trust).applySslConfig()
                .simpleAuth().username(login.userName()).password(login.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth().buildBlocking();

        assertThat(client.connect().getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
        client.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3", "-tls1_2 -cipher AES128-SHA", "-tls1_2 -cipher AES128-SHA256 -maxfraglen 512",
        "-tls1_3 -maxfraglen 512"})
    void opensslGetsItsConnack(String options) throws Exception {
        assertThat(openssl(options)).isEqualTo("20 02 00 00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1 -cipher ALL:@SECLEVEL=0", "-tls1_1 -cipher ALL:@SECLEVEL=0",
        "-tls1_2 -cipher ADH-AES128-SHA:@SECLEVEL=0"})
    void whatIsOffIsRefused(String options) throws Exception {
        assertThat(openssl(options)).isEmpty();
    }

    /** How mosquitto_pub ended, and what it said. */
    private String mosquitto(Path root) throws Exception {
        return PublicTools.mosquittoPub(device, device.login(),
                List.of("-h", "localhost", "-p", Integer.toString(server.mqttPort()), "--cafile", root.toString()));
    }

    /** The first four bytes that come back for a CONNECT; none when the connection ends. */
    private String openssl(String options) throws Exception {
        return PublicTools.openssl(server.mqttPort(), device.login(), List.of(options.split(" ")));
    }
}
