package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.QoS;
import io.thingport.platform.registry.DeviceLife;
import io.thingport.platform.upstream.DeviceNotices;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What consumer groups are told of devices. */
class NoticesTest {

    private final TestServer server = new TestServer();

    @BeforeEach
    void subscribe() {
        server.connect(LAMP).disconnect(OptionalLong.empty());
        server.settle();
        server.subscribe(new ProductSubscription(Set.of(UpstreamKind.STATUS), List.of("g1", "g2")));
    }

    @Test
    void aDeviceThatConnectsIsOnline() {
        server.connect(LAMP);
        server.settle();

        UpstreamMessage message = last();
        assertThat(server.upstream.written).hasSize(1);
        assertThat(message.kind()).isEqualTo(UpstreamKind.STATUS);
        assertThat(message.topic()).isEqualTo("/as/mqtt/status/a1Qx7Lm2Zt9/lamp_01");
        assertThat(message.groups()).containsExactly("g1", "g2");
        assertThat(message.device()).isEqualTo(LAMP);
        assertThat(message.qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(json()).startsWith("{\"status\":\"online\",\"iotId\":\"iot1\",\"productKey\":\"a1Qx7Lm2Zt9\",")
                .endsWith("\"clientIp\":\"192.0.2.7\"}");
    }

    @Test
    void aDeviceThatDisconnectsIsOffline() {
        server.connect(LAMP).disconnect(OptionalLong.empty());
        server.settle();

        assertThat(json()).startsWith("{\"status\":\"offline\",\"iotId\":\"iot1\",\"offlineReasonCode\":200,");
    }

    @Test
    void aConnectionThatBreaksSaysSo() {
        server.connect(LAMP).lose();
        server.settle();

        assertThat(json()).contains("\"offlineReasonCode\":1950,");
    }

    @Test
    void offlineTellsWhenTheDeviceWasLastHeardOf() {
        TestChannel channel = server.connect(LAMP);
        server.pass(Duration.ofSeconds(90));
        channel.silence = 90;
        String online = json();

        channel.lose();
        server.settle();

        assertThat(field(json(), "utcLastTime")).isEqualTo(field(online, "utcTime"));
        assertThat(field(json(), "utcTime")).isNotEqualTo(field(online, "utcTime"));
    }

    @Test
    void aTakeoverTellsOfflineBeforeOnline() {
        server.connect(LAMP);
        server.connect(LAMP);
        server.settle();

        assertThat(server.upstream.payloads()).hasSize(3);
        assertThat(server.upstream.payloads().get(1)).contains("\"offline\"", "\"offlineReasonCode\":427,");
        assertThat(server.upstream.payloads().get(2)).contains("\"online\"");
    }

    @Test
    void aKickedDeviceIsOfflineOnce() {
        server.connect(LAMP);

        server.get(server.loops.kick(LAMP, "kicked"));
        server.settle();

        assertThat(server.upstream.payloads()).hasSize(2);
        assertThat(json()).contains("\"offlineReasonCode\":400,");
    }

    @Test
    void aRefusedDeviceWasNeverOnline() {
        server.disable(LAMP);
        server.connect(LAMP);
        server.settle();

        assertThat(server.upstream.written).isEmpty();
    }

    @Test
    void withoutAGroupForItNobodyIsTold() {
        server.subscribe(new ProductSubscription(EnumSet.of(UpstreamKind.DATA, UpstreamKind.LIFECYCLE), List.of("g1")));

        server.connect(LAMP).disconnect(OptionalLong.empty());
        server.settle();

        assertThat(server.upstream.written).isEmpty();
    }

    @Test
    void whatTheEngineDoesNotTakeIsCounted() {
        server.upstream.full = true;

        server.connect(LAMP);
        server.settle();

        assertThat(server.loops.counters().drops()).containsEntry(DropReason.UPSTREAM_FULL, 1L);
    }

    @Test
    void whatHappensToADeviceAsSuchIsToldAtOnce() {
        server.loops.tell(life());
        server.upstream.write();

        assertThat(last().kind()).isEqualTo(UpstreamKind.LIFECYCLE);
        assertThat(json()).isEqualTo("{\"action\":\"delete\",\"iotId\":\"iot1\",\"productKey\":\"a1Qx7Lm2Zt9\","
                + "\"deviceName\":\"lamp_01\",\"deviceSecret\":\"\",\"messageCreateTime\":1767323045678}");
    }

    @Test
    void whatCannotBeToldOfADeviceAsSuchIsCounted() {
        server.upstream.full = true;

        server.loops.tell(life());

        assertThat(server.loops.counters().drops()).containsEntry(DropReason.UPSTREAM_FULL, 1L);
    }

    private static DeviceLife life() {
        return new DeviceLife(new DeviceNotices.About(LAMP, "iot1", List.of("g1")), DeviceNotices.Action.DELETE,
                Optional.empty(), Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    private UpstreamMessage last() {
        return server.upstream.written.get(server.upstream.written.size() - 1);
    }

    private String json() {
        return server.upstream.payloads().get(server.upstream.payloads().size() - 1);
    }

    private static String field(String json, String name) {
        int begin = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(begin, json.indexOf('"', begin));
    }
}
