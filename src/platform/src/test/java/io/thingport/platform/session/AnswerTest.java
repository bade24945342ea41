package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final String NTP = "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/";
    private static final String POST = "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post";
    private static final String LONG = "{\"id\":\"1\",\"params\":\"" + "x".repeat(Answers.SHORT_MAXIMUM) + "\"}";

    private final TestServer server = new TestServer();

    @Test
    void aSubscribedDeviceIsAnswered() {
        TestChannel device = server.connect(LAMP);
        device.subscribe(NTP + "response");
        device.publish0(NTP + "request", "{\"deviceSendTime\":1}");
        assertThat(device.received).hasSize(1);
        assertThat(device.received.get(0).topic()).isEqualTo(NTP + "response");
        assertThat(device.received.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(device.received.get(0).payload()).contains("\"serverRecvTime\":" + server.clock.millis());
    }

    @Test
    void aDeviceWithSsIsAnswered() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.publish0(POST, "{\"id\":\"1\"}");
        assertThat(device.received.get(0).topic()).isEqualTo(POST + "_reply");
    }

    @Test
    void anotherDeviceIsNot() {
        TestChannel device = server.connect(LAMP);
        device.publish0(POST, "{\"id\":\"1\"}");
        assertThat(device.received).isEmpty();
    }

    @Test
    void aSubscriptionThatComesLaterCounts() {
        TestChannel device = server.connect(LAMP);
        device.publish0(POST, "{\"id\":\"1\"}");
        device.subscribe(POST + "_reply");
        device.publish0(POST, "{\"id\":\"2\"}");
        assertThat(device.payloads()).hasSize(1).allMatch(reply -> reply.contains("\"id\":\"2\""));
    }

    @Test
    void aRequestAtQos1IsAcknowledgedToo() {
        TestChannel device = server.connectWithSs(LAMP, true);
        assertThat(device.publish1(POST, "{\"id\":\"1\"}")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.received).hasSize(1);
        assertThat(device.received.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
    }

    @Test
    void aRequestThatIsNoneIsAcknowledgedOnly() {
        TestChannel device = server.connectWithSs(LAMP, true);
        assertThat(device.publish1(POST, "hello")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.received).isEmpty();
    }

    @Test
    void whatComesBackToItsDeviceIsAnsweredToo() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.subscribe(POST);
        device.publish0(POST, "{\"id\":\"1\"}");
        assertThat(device.received.stream().map(TestChannel.Sent::topic)).containsExactlyInAnyOrder(POST, POST + "_reply");
    }

    @Test
    void aLongRequestIsReadElsewhereAndAnswered() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.publish0(POST, LONG);
        assertThat(device.received).isEmpty();
        server.settle();
        assertThat(device.payloads()).hasSize(1).allMatch(reply -> reply.contains("\"id\":\"1\""));
    }

    @Test
    void aReplyThatComesAfterItsConnectionIsNotSent() {
        TestChannel device = server.connectWithSs(LAMP, true);
        device.publish0(POST, LONG);
        TestChannel newer = server.connectWithSs(LAMP, true);
        assertThat(newer.received).isEmpty();
    }

    @Test
    void longRequestsOfOneDeviceUnderWayAreBounded() {
        TestChannel device = server.connectWithSs(LAMP, true);
        for (int i = 0; i <= Answers.OF_ONE_MAXIMUM; i++) {
            device.publish0(POST, LONG);
        }
        server.settle();
        assertThat(device.received).hasSize(Answers.OF_ONE_MAXIMUM);
        assertThat(server.loops.counters().drops().get(DropReason.REPLIES_BUSY)).isEqualTo(1);
    }

    @Test
    void longRequestsOfAllOnALoopUnderWayAreBounded() {
        Map<DeviceKey, TestChannel> devices = neighbours(Answers.LONG_REQUESTS_MAXIMUM + 1);
        devices.forEach((key, device) -> device.publish0("/sys/" + key + "/thing/event/property/post", LONG));
        server.settle();
        assertThat(devices.values()).filteredOn(device -> device.received.isEmpty()).hasSize(1);
        assertThat(server.loops.counters().drops().get(DropReason.REPLIES_BUSY)).isEqualTo(1);
    }

    @Test
    void aLongRequestMakesRoomWhenItIsDone() {
        TestChannel device = server.connectWithSs(LAMP, true);
        for (int i = 0; i <= Answers.LONG_REQUESTS_MAXIMUM; i++) {
            device.publish0(POST, LONG);
            server.settle();
        }
        assertThat(device.received).hasSize(Answers.LONG_REQUESTS_MAXIMUM + 1);
    }

    /** Devices of the same loop. */
    private Map<DeviceKey, TestChannel> neighbours(int count) {
        Map<DeviceKey, TestChannel> found = new HashMap<>();
        for (int i = 0; found.size() < count; i++) {
            DeviceKey next = new DeviceKey(TestServer.PRODUCT, "many_" + i);
            if (server.home(next) == server.home(LAMP)) {
                server.register(next);
                found.put(next, server.connectWithSs(next, true));
            }
        }
        return found;
    }
}
