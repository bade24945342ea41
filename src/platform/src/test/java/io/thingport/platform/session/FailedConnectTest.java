package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CONNECTs with wrong credentials: two in a minute are answered at once. All come from one address. */
class FailedConnectTest {

    private static final DeviceKey NOBODY = new DeviceKey(PRODUCT, "nobody");
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final TestServer server = new TestServer(TestServer.settings(new Settings.Rates(Settings.ReceiveMaximum.BOTH,
            0, 2, DeviceRates.NONE, ServerRates.NONE)));

    @Test
    void aFewAreRefusedAtOnce() {
        assertThat(fail(2)).allMatch(channel -> channel.refused.isPresent());
    }

    @Test
    void theRefusalOfOneMoreIsHeldBack() {
        fail(2);
        TestChannel third = fail(LAMP);
        assertThat(third.refused).isEmpty();
        server.pass(LONGEST);
        assertThat(third.refused).contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void anUnknownDeviceIsHeldBackLikeAWrongSecret() {
        fail(2);
        assertThat(fail(NOBODY).refused).isEmpty();
    }

    @Test
    void whatIsHeldBackIsCounted() {
        fail(3);
        assertThat(server.loops.counters().heldBack()).isEqualTo(1);
    }

    @Test
    void whenTooManyAreHeldBackTheNextIsClosedWithoutAnAnswer() {
        fail(2 + 8);
        TestChannel next = fail(LAMP);
        assertThat(next.open()).isFalse();
        assertThat(next.refused).isEmpty();
        assertThat(server.loops.counters().unanswered()).isEqualTo(1);
    }

    /** One broken device must not lock out the ten thousand beside it. */
    @Test
    void whoKnowsTheSecretIsLetInAtOnceAllTheSame() {
        fail(20);
        assertThat(server.connect(LAMP).accepted()).isTrue();
    }

    @Test
    void whoIsGoneBeforeItsRefusalLeavesNothing() {
        fail(2);
        TestChannel third = fail(LAMP);
        third.lose();
        server.pass(LONGEST);
        assertThat(server.testLoops).allMatch(loop -> loop.timersWaiting() == 0);
    }

    @Test
    void onlyFourAreLookedUpAtATimeFromThere() {
        fail(2);
        for (int i = 0; i < 10; i++) {
            arrive(new DeviceKey(PRODUCT, "nobody" + i), false);
            server.testLoops.forEach(TestLoop::runPosted);
        }
        assertThat(server.lookUps).hasSize(4);
    }

    @Test
    void theOthersHaveTheirTurnAfterThem() {
        fail(2);
        server.register(new DeviceKey(PRODUCT, "lamp_09"));
        for (int i = 0; i < 10; i++) {
            arrive(new DeviceKey(PRODUCT, "nobody" + i), false);
        }
        TestChannel last = arrive(new DeviceKey(PRODUCT, "lamp_09"), true);
        server.settle();
        assertThat(last.accepted()).isTrue();
    }

    @Test
    void aKnownDeviceNeedsNoTurn() {
        server.connect(LAMP);
        fail(2);
        for (int i = 0; i < 10; i++) {
            arrive(new DeviceKey(PRODUCT, "nobody" + i), false);
        }
        TestChannel known = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        known.connect(TestServer.connectPacket(LAMP, MqttVersion.V3_1_1, 0));
        assertThat(known.accepted()).isTrue();
    }

    @Test
    void whenTooManyWaitForALookUpTheNextIsTurnedAway() {
        fail(2);
        for (int i = 0; i < 4 + 32; i++) {
            arrive(new DeviceKey(PRODUCT, "nobody" + i), false);
        }
        TestChannel next = arrive(NOBODY, false);
        assertThat(next.open()).isFalse();
        assertThat(server.loops.counters().refusedConnects()).containsEntry(ReasonCode.QUOTA_EXCEEDED, 1L);
    }

    private List<TestChannel> fail(int times) {
        return IntStream.range(0, times).mapToObj(i -> fail(LAMP)).toList();
    }

    private TestChannel fail(DeviceKey device) {
        TestChannel channel = arrive(device, false);
        server.settle();
        return channel;
    }

    private TestChannel arrive(DeviceKey device, boolean proven) {
        TestChannel channel = new TestChannel(server, server.away(device), MqttVersion.V3_1_1);
        channel.connect(proven ? TestServer.connectPacket(device, MqttVersion.V3_1_1, 0)
                : TestServer.connectWithWrongSecret(device));
        return channel;
    }
}
