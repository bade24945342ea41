package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.registry.Fingerprint;
import io.thingport.platform.registry.RegistryChange;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.registry.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that show a certificate in the TLS handshake. */
class CertificateConnectTest {

    private static final X509Certificate CERTIFICATE = TestCertificate.named("lamp_01");
    private static final Optional<String> NAME = Optional.of("lamp_01&" + PRODUCT);

    private final TestServer server = new TestServer();

    @BeforeEach
    void certify() {
        server.certify(LAMP, Fingerprint.of(CERTIFICATE));
    }

    @Test
    void whoDoesNotKnowItsNameIsToldAfterItsConnack() {
        TestChannel channel = connect(Optional.empty());
        assertThat(channel.accepted()).isTrue();
        assertThat(channel.received).singleElement().satisfies(told -> {
            assertThat(told.topic()).isEqualTo("/ext/auth/identity/response");
            assertThat(told.qos()).isEqualTo(QoS.AT_MOST_ONCE);
            assertThat(told.payload()).isEqualTo("{\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_01\"}");
        });
    }

    @Test
    void whoKnowsItsNameIsNotTold() {
        TestChannel channel = connect(NAME);
        assertThat(channel.accepted()).isTrue();
        assertThat(channel.received).isEmpty();
    }

    @Test
    void itIsTheDeviceAtItsHome() {
        connect(Optional.empty());
        assertThat(server.get(server.loops.find(LAMP))).isPresent();
    }

    @Test
    void anUnknownCertificateIsNotAuthorized() {
        server.certify(LAMP);
        assertThat(connect(Optional.empty()).refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void oneThatIsWithdrawnWhileItsChannelMovesIsNotAuthorized() {
        connect(Optional.empty()).lose(); // makes the device known
        server.settle();
        TestChannel channel = arrive(Optional.empty()); // is on its way home now
        server.certify(LAMP);
        server.settle();
        assertThat(channel.refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void whenACertificateIsWithdrawnTheConnectionEnds() {
        TestChannel channel = connect(NAME);
        new Connections(server.loops).deviceChanged(new RegistryChange(LAMP, Kind.CERTIFICATE_WITHDRAWN));
        server.settle();
        assertThat(channel.closedWith).contains(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    @Test
    void whenOneMoreIsRegisteredTheConnectionStays() {
        TestChannel channel = connect(NAME);
        new Connections(server.loops).deviceChanged(new RegistryChange(LAMP, Kind.CERTIFICATE_ADDED));
        server.settle();
        assertThat(channel.open()).isTrue();
    }

    @Test
    void whoNamesAnotherDeviceDisturbsNobody() {
        DeviceKey other = new DeviceKey(PRODUCT, "lamp_02");
        server.register(other);
        TestChannel theirs = server.connect(other);
        assertThat(connect(Optional.of("lamp_02&" + PRODUCT)).refused).contains(ReasonCode.NOT_AUTHORIZED);
        assertThat(theirs.open()).isTrue();
    }

    private TestChannel connect(Optional<String> userName) {
        TestChannel channel = arrive(userName);
        server.settle();
        return channel;
    }

    private TestChannel arrive(Optional<String> userName) {
        TestChannel channel = new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1);
        channel.certificate = Optional.of(CERTIFICATE);
        channel.connect(new Connect(MqttVersion.V3_1_1, ".", userName, Optional.empty(), 60, true, OptionalLong.empty(), 65_535,
                false, Optional.empty(), List.of()));
        return channel;
    }
}
