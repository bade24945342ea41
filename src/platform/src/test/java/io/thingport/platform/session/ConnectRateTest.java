package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import io.thingport.platform.registry.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often a device may connect. */
class ConnectRateTest {

    private static final DeviceKey OTHER = new DeviceKey(PRODUCT, "lamp_02");

    private final TestServer server = new TestServer(TestServer.settings(new Settings.Rates(Settings.ReceiveMaximum.BOTH, 5, 0,
            DeviceRates.NONE, ServerRates.NONE)));

    @Test
    void theSixthConnectInAMinuteIsRefused() {
        connect(5);
        assertThat(server.connect(LAMP).refused).contains(ReasonCode.CONNECTION_RATE_EXCEEDED);
    }

    @Test
    void itDoesNotDisturbTheConnectionThatIsThere() {
        connect(4);
        TestChannel fifth = server.connect(LAMP);
        server.connect(LAMP);
        assertThat(fifth.open()).isTrue();
    }

    @Test
    void itLeavesAStoredSessionAsItIs() {
        connect(4);
        server.resume(LAMP).subscribe(GET);
        server.connect(LAMP);
        server.pass(Duration.ofSeconds(66));
        assertThat(server.resume(LAMP).connack.orElseThrow().sessionPresent()).isTrue();
    }

    @Test
    void itIsCounted() {
        connect(6);
        assertThat(server.loops.counters().refusedConnects()).containsEntry(ReasonCode.CONNECTION_RATE_EXCEEDED, 1L);
    }

    @Test
    void anotherDeviceIsNotConcerned() {
        server.register(OTHER);
        connect(6);
        assertThat(server.connect(OTHER).accepted()).isTrue();
    }

    @Test
    void aMinuteLaterItMayConnectAgain() {
        connect(5);
        server.pass(Duration.ofSeconds(66));
        assertThat(server.connect(LAMP).accepted()).isTrue();
    }

    @Test
    void whoIsRefusedIsNotKeptAwayForLongerByTryingAgain() {
        connect(5);
        for (int i = 0; i < 11; i++) {
            server.pass(Duration.ofSeconds(6));
            if (i < 9) {
                assertThat(server.connect(LAMP).accepted()).isFalse();
            }
        }
        assertThat(server.connect(LAMP).accepted()).isTrue();
    }

    /** Or anybody could lock a device out. */
    @Test
    void onlyWhoKnowsTheSecretIsCounted() {
        for (int i = 0; i < 10; i++) {
            new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1).connect(TestServer.connectWithWrongSecret(LAMP));
            server.settle();
        }
        assertThat(server.connect(LAMP).accepted()).isTrue();
    }

    /** Not even who has a certificate that the server trusts. */
    @Test
    void whoShowsAnotherDevicesCertificateIsNotCounted() {
        X509Certificate others = TestCertificate.named("lamp_02");
        for (int i = 0; i < 10; i++) {
            TestChannel channel = new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1);
            channel.certificate = Optional.of(others);
            Connect signed = TestServer.connectWithWrongSecret(LAMP);
            channel.connect(new Connect(signed.version(), signed.clientId(), signed.userName(), Optional.empty(), 60, true,
                    signed.sessionExpiry(), signed.receiveMaximum(), false, Optional.empty(), List.of()));
            server.settle();
            assertThat(channel.refused).contains(ReasonCode.NOT_AUTHORIZED);
        }
        assertThat(server.connect(LAMP).accepted()).isTrue();
    }

    @Test
    void noTimerRunsForIt() {
        connect(6);
        assertThat(server.testLoops).allMatch(loop -> loop.timersWaiting() == 0);
    }

    @Test
    void zeroMeansAsOftenAsItComes() {
        TestServer free = new TestServer();
        for (int i = 0; i < 20; i++) {
            assertThat(free.connect(LAMP).accepted()).isTrue();
        }
    }

    private void connect(int times) {
        for (int i = 0; i < times; i++) {
            server.connect(LAMP);
        }
    }
}
