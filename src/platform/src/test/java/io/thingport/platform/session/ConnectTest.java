package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConnectTest {

    private final TestServer server = new TestServer();
    private final Connect connect = TestServer.connectPacket(LAMP, MqttVersion.V3_1_1, 0);

    @Test
    void aDeviceThatArrivesOnAnotherLoopIsAcceptedAtHome() {
        TestChannel channel = arrive(server.away(LAMP));
        server.settle();
        assertThat(channel.accepted()).isTrue();
        assertThat(channel.loop()).isSameAs(server.home(LAMP));
    }

    @Test
    void aDeviceThatArrivesAtHomeIsAcceptedThere() {
        TestChannel channel = arrive(server.home(LAMP));
        server.settle();
        assertThat(channel.accepted()).isTrue();
    }

    @Test
    void aKnownDeviceIsAcceptedInTheTurnOfItsConnect() {
        server.connect(LAMP);
        assertThat(arrive(server.home(LAMP)).accepted()).isTrue();
    }

    @Test
    void aWrongSignatureIsRefusedWhereItArrives() {
        TestChannel channel = new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1);
        channel.connect(TestServer.connectWithWrongSecret(LAMP));
        server.settle();
        assertThat(channel.refused).contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(channel.loop()).isSameAs(server.away(LAMP));
    }

    @Test
    void anUnknownDeviceIsRefusedLikeAWrongSignature() {
        assertThat(server.connect(new DeviceKey(TestServer.PRODUCT, "nobody")).refused)
                .contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void refusalsAreCountedByReason() {
        server.connect(new DeviceKey(TestServer.PRODUCT, "nobody"));
        assertThat(server.loops.counters().refusedConnects()).containsEntry(ReasonCode.BAD_USER_NAME_OR_PASSWORD, 1L);
    }

    @Test
    void withoutTheDatabaseTheServerIsUnavailable() {
        server.databaseAway = true;
        assertThat(server.connect(LAMP).refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void beforeTheLoopsAreKnownTheServerIsUnavailable() {
        server.ready = false;
        assertThat(server.connect(LAMP).refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void aLookUpThatTakesTooLongEndsAsUnavailable() {
        TestChannel channel = arrive(server.away(LAMP));
        server.clock.pass(Duration.ofSeconds(Arrivals.LOOK_UP_SECONDS));
        server.testLoops.forEach(TestLoop::runTimers);
        assertThat(channel.refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void anAnswerAfterTheDeadlineChangesNothing() {
        TestChannel channel = arrive(server.away(LAMP));
        server.clock.pass(Duration.ofSeconds(Arrivals.LOOK_UP_SECONDS));
        server.testLoops.forEach(TestLoop::runTimers);
        server.settle();
        assertThat(channel.accepted()).isFalse();
    }

    @Test
    void anAnswerThatAFullLoopDoesNotTakeEndsInTheDeadline() {
        TestChannel channel = arrive(server.away(LAMP));
        server.away(LAMP).full(true);
        server.settle();
        server.pass(Duration.ofSeconds(Arrivals.LOOK_UP_SECONDS));
        assertThat(channel.refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void anAnswerInTimeTakesTheDeadlineBack() {
        arrive(server.away(LAMP));
        server.settle();
        assertThat(server.away(LAMP).timersWaiting()).isZero();
    }

    @Test
    void aSocketThatIsGoneBeforeTheLookUpEndsLeavesNothing() {
        TestChannel channel = arrive(server.away(LAMP));
        channel.lose();
        server.settle();
        assertThat(server.loops.counters().sessions()).isZero();
        assertThat(server.statuses()).isEmpty();
    }

    @Test
    void aSocketThatIsGoneWhileTheChannelMovesLeavesNothing() {
        server.connect(LAMP).lose(); // makes the device known
        server.settle();
        server.statuses();
        TestChannel channel = arrive(server.away(LAMP)); // is on its way home now
        channel.lose();
        server.settle();
        assertThat(server.loops.counters().sessions()).isZero();
        assertThat(server.statuses()).isEmpty();
    }

    @Test
    void aDeviceThatIsDisabledWhileItsChannelMovesIsRefused() {
        server.connect(LAMP).lose(); // makes the device known
        server.settle();
        TestChannel channel = arrive(server.away(LAMP)); // is on its way home now
        server.disable(LAMP);
        server.settle();
        assertThat(channel.refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void theKeepAliveAskedForIsGranted() {
        assertThat(connack(MqttVersion.V5, "client|signmethod=hmacsha256|", OptionalLong.empty()).keepAlive())
                .isEqualTo(60);
    }

    @Test
    void theSessionExpiryAskedForIsGranted() {
        assertThat(connack(MqttVersion.V5, "client|signmethod=hmacsha256|", OptionalLong.of(3_600)).sessionExpiry())
                .isEmpty(); // nothing said: as asked for [MQTT 5, 3.2.2.3.2]
    }

    @Test
    void aDeviceWithoutABaseIsAssignedAnIdentifier() {
        assertThat(connack(MqttVersion.V5, "|signmethod=hmacsha256|", OptionalLong.empty()).assignedClientId())
                .contains("a1Qx7Lm2Zt9.lamp_01");
    }

    @Test
    void aDeviceWithABaseIsAssignedNone() {
        assertThat(connack(MqttVersion.V5, "client|signmethod=hmacsha256|", OptionalLong.empty()).assignedClientId())
                .isEmpty();
    }

    @Test
    void aDeviceThatComesIsOnline() {
        server.connect(LAMP);
        assertThat(server.statuses()).containsExactly("lamp_01 on");
    }

    @Test
    void aDeviceWhoseConnectionIsLostIsOffline() {
        TestChannel channel = server.connect(LAMP);
        server.statuses();
        channel.lose();
        server.settle();
        assertThat(server.statuses()).containsExactly("lamp_01 off");
    }

    @Test
    void aConnectionCanBeFound() {
        server.connect(LAMP, MqttVersion.V5, 0);
        assertThat(server.get(server.loops.find(LAMP))).contains(
                new ConnectionInfo(server.clock.instant(), "192.0.2.7", MqttVersion.V5, 60, false));
    }

    @Test
    void aDeviceThatIsNotConnectedIsNotFound() {
        assertThat(server.get(server.loops.find(LAMP))).isEmpty();
    }

    @Test
    void aFullLoopCannotBeAsked() {
        server.home(LAMP).full(true);
        assertThat(server.loops.find(LAMP).toCompletableFuture()).isCompletedExceptionally();
    }

    private TestChannel arrive(TestLoop loop) {
        TestChannel channel = new TestChannel(server, loop, MqttVersion.V3_1_1);
        channel.connect(connect);
        return channel;
    }

    private ConnackOptions connack(MqttVersion version, String clientId, OptionalLong sessionExpiry) {
        TestChannel channel = new TestChannel(server, server.home(LAMP), version);
        channel.connect(TestServer.connectPacket(LAMP, version, clientId, sessionExpiry));
        server.settle();
        Optional<ConnackOptions> connack = channel.connack;
        return connack.orElseThrow();
    }
}
