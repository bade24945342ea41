package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.PubResult;
import io.thingport.platform.registry.RegistryChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One connection per device: the newer one wins, and the operator wins over both. */
class TakeoverTest {

    private final TestServer server = new TestServer();

    @Test
    void aNewConnectionClosesTheOldOne() {
        TestChannel old = server.connect(LAMP);
        TestChannel fresh = server.connect(LAMP);
        assertThat(old.closedWith).contains(ReasonCode.SESSION_TAKEN_OVER);
        assertThat(fresh.open()).isTrue();
    }

    @Test
    void aDeviceThatAskedForNoticesIsToldFirst() {
        TestChannel old = server.connect(LAMP, MqttVersion.V3_1_1, 2);
        server.connect(LAMP);
        assertThat(old.received).extracting(TestChannel.Sent::topic, TestChannel.Sent::qos, TestChannel.Sent::payload)
                .containsExactly(tuple("/ext/notify", QoS.AT_MOST_ONCE,
                        "{\"title\":\"kick\",\"content\":\"Kicked by the same device\"}"));
    }

    @Test
    void aDeviceThatDidNotAskIsNot() {
        TestChannel old = server.connect(LAMP, MqttVersion.V3_1_1, 1);
        server.connect(LAMP);
        assertThat(old.received).isEmpty();
    }

    @Test
    void aRefusedConnectLeavesTheOldConnectionAlone() {
        TestChannel old = server.connect(LAMP);
        TestChannel wrong = new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1);
        wrong.connect(TestServer.connectWithWrongSecret(LAMP));
        server.settle();
        assertThat(old.open()).isTrue();
    }

    @Test
    void ofRacingConnectsExactlyOneStays() {
        List<TestChannel> racing = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            TestLoop loop = server.testLoops.get(i % server.testLoops.size());
            TestChannel channel = new TestChannel(server, loop, MqttVersion.V5);
            channel.connect(TestServer.connectPacket(LAMP, MqttVersion.V5, 0));
            racing.add(channel);
        }
        server.settle();
        assertThat(racing).allMatch(TestChannel::accepted).filteredOn(TestChannel::open).hasSize(1);
        assertThat(server.loops.counters().sessions()).isEqualTo(1);
    }

    @Test
    void aLateCloseLeavesTheNewConnectionAlone() {
        TestChannel old = server.connect(LAMP);
        TestChannel fresh = new TestChannel(server, server.home(LAMP), MqttVersion.V3_1_1);
        fresh.connect(TestServer.connectPacket(LAMP, MqttVersion.V3_1_1, 0)); // the old one's close is still to come
        assertThat(old.open()).isFalse();
        server.settle();
        assertThat(server.get(server.loops.find(LAMP))).isPresent();
    }

    @Test
    void aDeviceThatIsTakenOverStaysOnline() {
        server.connect(LAMP);
        server.statuses();
        server.connect(LAMP);
        assertThat(server.statuses()).containsExactly("lamp_01 on");
    }

    @Test
    void aNewConnectionBeginsWithoutSubscriptions() {
        server.connect(LAMP).subscribe(GET);
        server.connect(LAMP);
        PubResult result = server.get(server.loops.publish(
                Message.of(TopicName.of(GET), QoS.AT_LEAST_ONCE, Payload.utf8("x"))));
        assertThat(result.outcome()).isEqualTo(SendOutcome.NOT_SUBSCRIBED);
    }

    @Test
    void aKickClosesTheConnectionAndSaysSo() {
        TestChannel channel = server.connect(LAMP);
        assertThat(server.get(server.loops.kick(LAMP, "kicked"))).isTrue();
        assertThat(channel.closedWith).contains(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    @Test
    void aKickedDeviceIsOfflineOnce() {
        server.connect(LAMP);
        server.statuses();
        server.get(server.loops.kick(LAMP, "kicked"));
        assertThat(server.statuses()).containsExactly("lamp_01 off");
    }

    @Test
    void aKickWithoutAConnectionSaysSo() {
        assertThat(server.get(server.loops.kick(LAMP, "kicked"))).isFalse();
    }

    @Test
    void aKickedDeviceMayComeBack() {
        server.connect(LAMP);
        server.get(server.loops.kick(LAMP, "kicked"));
        assertThat(server.connect(LAMP).accepted()).isTrue();
    }

    @Test
    void aDisabledDeviceLosesItsConnection() {
        assertThat(closedAfter(RegistryChange.Kind.DISABLED)).contains(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    @Test
    void aDeletedDeviceLosesItsConnection() {
        assertThat(closedAfter(RegistryChange.Kind.DELETED)).contains(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    @Test
    void anEnabledDeviceKeepsItsConnection() {
        assertThat(closedAfter(RegistryChange.Kind.ENABLED)).isEmpty();
    }

    private Optional<ReasonCode> closedAfter(RegistryChange.Kind kind) {
        TestChannel channel = server.connect(LAMP);
        new Connections(server.loops).deviceChanged(new RegistryChange(LAMP, kind));
        server.settle();
        return channel.closedWith;
    }
}
