package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RecordingHandler;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** [MQTT-3.1.2-22] and the time a client has for its CONNECT. */
class KeepAliveTest {

    private final RecordingHandler handler = new RecordingHandler();
    private final EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);

    @AfterEach
    void noLeak() {
        client.closeAndExpectNoLeak();
    }

    @ParameterizedTest
    @EnumSource
    void aClientMayBeSilentForOneAndAHalfTimesItsKeepAlive(MqttVersion version) {
        connect(version, 30);

        client.passTime(Duration.ofSeconds(45));

        assertThat(client.closed()).isFalse();
        assertThat(client.received()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void aSilentClientIsClosedWithoutAWord(MqttVersion version) {
        connect(version, 30);

        client.passTime(Duration.ofMillis(45_200));

        assertThat(client.closed()).isTrue();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void aSilent5ClientIsTold() {
        connect(MqttVersion.V5, 30);

        client.passTime(Duration.ofMillis(45_200));

        assertThat(client.closed()).isTrue();
        assertThat(client.received()).isEqualTo("E0028D00");
    }

    @Test
    void theApplicationLearnsWhy() {
        connect(MqttVersion.V3_1_1, 30);

        client.passTime(Duration.ofMillis(45_200));

        assertThat(handler.closed).singleElement().satisfies(closed -> {
            assertThat(closed.why().cause()).isEqualTo(Cause.KEEP_ALIVE_TIMEOUT);
            assertThat(closed.why().reason()).contains(ReasonCode.KEEP_ALIVE_TIMEOUT);
        });
    }

    static Stream<String> packets() {
        return Stream.of(Packets.PINGREQ, Packets.publish(MqttVersion.V3_1_1, "a", "x"),
                Packets.publish1(MqttVersion.V3_1_1, 1, "a", "x"), Packets.puback(1),
                Packets.subscribe(MqttVersion.V3_1_1, 1, "a"), Packets.unsubscribe(MqttVersion.V3_1_1, 1, "a"));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void anyPacketStartsTheTimeAgain(String packet) {
        connect(MqttVersion.V3_1_1, 30);
        for (int i = 0; i < 5; i++) {
            client.passTime(Duration.ofSeconds(44));
            client.send(packet);
        }

        assertThat(client.closed()).isFalse();
        client.passTime(Duration.ofMillis(45_200));
        assertThat(client.closed()).isTrue();
    }

    @Test
    void withoutKeepAliveAClientMayBeSilentForEver() {
        connect(MqttVersion.V3_1_1, 0);

        client.passTime(Duration.ofHours(1));

        assertThat(client.closed()).isFalse();
    }

    @Test
    void theChannelTellsForHowLongItsClientHasBeenSilent() {
        connect(MqttVersion.V3_1_1, 30);
        client.passTime(Duration.ofMillis(12_300));

        assertThat(handler.channels.element().silence()).isEqualTo(12);
    }

    @Test
    void aConnectionWithoutConnectIsClosedInTime() {
        client.passTime(Duration.ofMillis(9_900));
        assertThat(client.closed()).isFalse();

        client.passTime(Duration.ofMillis(300));
        assertThat(client.closed()).isTrue();
        assertThat(client.received()).isEmpty();
        assertThat(client.loop().counters().silent()).isEqualTo(1);
    }

    @Test
    void aConnectThatIsNotWholeInTimeIsClosed() {
        byte[] connect = Packets.bytes(Packets.connect(MqttVersion.V5));
        for (int i = 0; i < connect.length - 1; i++) {
            client.send(new byte[] {connect[i]});
            client.passTime(Duration.ofSeconds(1));
        }

        assertThat(client.closed()).isTrue();
        assertThat(handler.connects).isEmpty();
    }

    private void connect(MqttVersion version, int keepAlive) {
        client.send(Packets.connect(version, keepAlive));
        client.received();
    }
}
