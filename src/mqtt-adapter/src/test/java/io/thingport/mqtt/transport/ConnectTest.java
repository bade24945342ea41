package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.connect5;
import static io.thingport.mqtt.testing.Packets.disconnect5;
import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.protocol;
import static io.thingport.mqtt.testing.Packets.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.UserProperty;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT and CONNACK [MQTT 5, 3.1 and 3.2], and how 3.1 and 3.1.1 differ. */
class ConnectTest {

    /** Receive Maximum 100, Maximum QoS 1, no retain, 256 KiB. */
    private static final String WINDOW_QOS_RETAIN_SIZE = "210064 2401 2500 2700040000";
    /** 20 aliases, wildcards, neither identifiers nor shares. */
    private static final String ALIASES_AND_SUBSCRIPTIONS = "220014 2801 2900 2A00";

    private static final Application APPLICATION = new Application();
    private static TestServer server;
    private RawClient client;

    @BeforeAll
    static void start() {
        server = new TestServer(APPLICATION);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        server.closeClients();
        APPLICATION.forget();
        client = server.client();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void connackOf3xHasFourBytes(MqttVersion version) {
        client.send(connect(version));

        client.expect("20 02 00 00");
    }

    @Test
    void connackOf5StatesEveryLimit() {
        client.send(connect(MqttVersion.V5));

        client.expect("20 1B 00 00 18", WINDOW_QOS_RETAIN_SIZE, ALIASES_AND_SUBSCRIPTIONS, "13003C");
    }

    @Test
    void connackOf5TellsWhatTheApplicationDecided() {
        client.send(packet(0x10, protocol(MqttVersion.V5) + "00003C" + "00" + string("decides")));

        client.expect("20 28 01 00 25", "11 0000003C", WINDOW_QOS_RETAIN_SIZE, "12", string("given"),
                ALIASES_AND_SUBSCRIPTIONS, "13 04B0");
    }

    @Test
    void sessionPresentIsTold() {
        client.send(packet(0x10, protocol(MqttVersion.V3_1_1) + "00003C" + string("decides")));

        client.expect("20 02 01 00");
    }

    /** The flag came with 3.1.1. */
    @Test
    void sessionPresentIsNotToldTo31() {
        client.send(packet(0x10, protocol(MqttVersion.V3_1) + "00003C" + string("decides")));

        client.expect("20 02 00 00");
    }

    /** [MQTT-3.1.2-2] */
    @ParameterizedTest
    @CsvSource({"MQTT,3", "MQTT,6", "MQTT,0", "MQIsdp,4", "MQIsdp,5"})
    void anUnknownLevelIsRefused(String name, int level) {
        client.send(packet(0x10, string(name) + Packets.hex(level, 1) + "02003C" + string("c1")));

        client.expect("20 02 00 01");
        client.expectClose();
    }

    /** [MQTT-3.1.2-1] */
    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "MQTT ", "", "HTTP"})
    void anUnknownProtocolNameIsNotAnswered(String name) {
        client.send(packet(0x10, string(name) + "0402003C" + string("c1")));

        client.expectClose();
    }

    /** A bridge sets the top bit of the level. */
    @Test
    void aBridgeIsAClientLikeOthers() {
        client.send(packet(0x10, string("MQTT") + "8402003C" + string("c1")));

        client.expect("20 02 00 00");
    }

    /** [MQTT-3.1.0-1] */
    @ParameterizedTest
    @ValueSource(strings = {"C000", "E000", "82060001 0001 61 01", "3003 0001 61", "2002 0000", "F000", "0000",
            "16 03 01 00 05 00 00 00 00 00", "47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A"})
    void aFirstPacketThatIsNoConnectIsNotAnswered(String packet) {
        client.send(packet);

        client.expectClose();
        assertThat(APPLICATION.connects).isEmpty();
    }

    /** [MQTT-3.1.0-2] */
    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void aSecondConnectClosesA3xChannel(MqttVersion version) {
        client.send(connect(version));
        client.expect("20 02 00 00");
        client.send(connect(version));

        client.expectClose();
    }

    /** [MQTT-3.1.0-2] */
    @Test
    void aSecondConnectIsAProtocolError() {
        client.send(connect(MqttVersion.V5));
        client.readPacket();
        client.send(connect(MqttVersion.V5));

        client.expect(disconnect5(0x82, "second CONNECT"));
        client.expectClose();
    }

    @Test
    void theApplicationSeesTheWholeConnect() {
        client.send(packet(0x10, protocol(MqttVersion.V5) + "C2 04B0"
                + Packets.properties("11 00000E10", "21 0005", "27 00000400", "22 0007", "19 01", "17 00",
                        "26" + string("k") + string("v1"), "26" + string("k") + string("v2"), "15" + string("PLAIN"),
                        "16 0002 0102")
                + string("id") + string("user") + string("pass")));

        Connect connect = Eventually.next(APPLICATION.connects);
        assertThat(connect.version()).isEqualTo(MqttVersion.V5);
        assertThat(connect.clientId()).isEqualTo("id");
        assertThat(connect.userName()).contains("user");
        assertThat(connect.password()).hasValueSatisfying(
                password -> assertThat(password).isEqualTo("pass".getBytes(StandardCharsets.UTF_8)));
        assertThat(connect.keepAlive()).isEqualTo(1_200);
        assertThat(connect.cleanStart()).isTrue();
        assertThat(connect.sessionExpiry()).hasValue(3_600);
        assertThat(connect.will()).isFalse();
        assertThat(connect.authenticationMethod()).contains("PLAIN");
        assertThat(connect.userProperties()).containsExactly(new UserProperty("k", "v1"), new UserProperty("k", "v2"));
    }

    @ParameterizedTest
    @EnumSource
    void aWillIsReadOver(MqttVersion version) {
        String v5Properties = version == MqttVersion.V5 ? "00" : "";
        String willProperties = version == MqttVersion.V5
                ? Packets.properties("18 00000005", "01 01", "02 00000005", "03" + string("text"), "08" + string("r"),
                        "09 0001 00", "26" + string("k") + string("v")) : "";
        client.send(packet(0x10, protocol(version) + "0E 003C" + v5Properties + string("c1") + willProperties
                + string("will") + "0003 000102"));

        Connect connect = Eventually.next(APPLICATION.connects);
        assertThat(connect.will()).isTrue();
        assertThat(connect.clientId()).isEqualTo("c1");
        assertThat(connect.userName()).isEmpty();
    }

    /** [MQTT-3.2.2-12], [MQTT-3.2.2-13]: CONNACK would have said that they are not to be had. */
    @ParameterizedTest
    @CsvSource({"16,9B,will QoS 2", "2E,9A,will retain"})
    void aWillThatCannotBeIsRefused(String flags, String reason, String text) {
        client.send(packet(0x10, protocol(MqttVersion.V5) + flags + "003C 00" + string("c1") + "00" + string("w")
                + "0000"));

        String body = "00" + reason + Packets.properties("1F" + string(text));
        client.expect(packet(0x20, body));
        client.expectClose();
    }

    /** [MQTT-3.1.2-3], [MQTT-3.1.2-11], [MQTT-3.1.2-12], [MQTT-3.1.2-13] */
    @ParameterizedTest
    @ValueSource(strings = {"03", "0A", "22", "1E"})
    void wrongConnectFlagsAreMalformed(String flags) {
        client.send(packet(0x10, protocol(MqttVersion.V3_1_1) + flags + "003C" + string("c1") + string("w") + "0000"));
        client.expectClose();

        try (RawClient five = server.client()) {
            five.send(packet(0x10, protocol(MqttVersion.V5) + flags + "003C 00" + string("c1") + "00" + string("w")
                    + "0000"));
            assertThat(five.readPacket()).startsWith("20").contains("0081");
            five.expectClose();
        }
    }

    /** MQTT 3.1.1 [MQTT-3.1.2-22] */
    @Test
    void aPasswordNeedsAUserNameIn3x() {
        client.send(packet(0x10, protocol(MqttVersion.V3_1_1) + "42 003C" + string("c1") + string("pass")));

        client.expectClose();
    }

    @Test
    void aPasswordNeedsNoUserNameIn5() {
        client.send(packet(0x10, protocol(MqttVersion.V5) + "42 003C 00" + string("c1") + string("pass")));

        assertThat(Eventually.next(APPLICATION.connects).userName()).isEmpty();
    }

    /** [MQTT-3.1.2-24]: the client may limit what it is sent. */
    @Test
    void aRefusalLeavesOutAReasonThatDoesNotFit() {
        client.send(packet(0x10, protocol(MqttVersion.V5) + "02 003C" + Packets.properties("27 00000008")
                + string("refuse")));

        client.expect("20 03 00 87 00");
        client.expectClose();
    }

    @Test
    void aRefusalTellsAReason() {
        client.send(packet(0x10, protocol(MqttVersion.V5) + "02 003C 00" + string("refuse")));

        client.expect("20 0A 00 87 07", "1F", string("nope"));
        client.expectClose();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void aRefusalIsAReturnCodeIn3x(MqttVersion version) {
        client.send(packet(0x10, protocol(version) + "02 003C" + string("refuse")));

        client.expect("20 02 00 05");
        client.expectClose();
    }

    @ParameterizedTest
    @EnumSource
    void bytesBehindTheFieldsAreMalformed(MqttVersion version) {
        String connect = connect(version);
        client.send(packet(0x10, connect.substring(4) + "00"));

        if (version == MqttVersion.V5) {
            assertThat(client.readPacket()).startsWith("20").contains("0081");
        }
        client.expectClose();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectThatEndsEarlyIsMalformed(MqttVersion version) {
        String connect = connect(version);
        client.send(packet(0x10, connect.substring(4, connect.length() - 2)));

        if (version == MqttVersion.V5) {
            assertThat(client.readPacket()).startsWith("20").contains("0081");
        }
        client.expectClose();
    }

    @ParameterizedTest
    @CsvSource({"21 0000,0082", "27 00000000,0082", "19 02,0082", "17 02,0082", "11 00000001 11 00000001,0082",
            "21 0001 21 0001,0082", "16 0001 00,0082", "0B 01,0081", "23 0001,0081", "24 01,0081", "7F 00,0081",
            "26 0001 61,0081", "11 0000,0081"})
    void wrongPropertiesAreRefused(String properties, String reason) {
        client.send(connect5(properties));

        assertThat(client.readPacket()).startsWith("20").contains(reason);
        client.expectClose();
    }

    @Test
    void aConnectBeyondItsMaximumIsNotReadToItsEnd() {
        client.send("10", Packets.variableInt(64 * 1024 - 3));

        client.expectClose();
        assertThat(APPLICATION.connects).isEmpty();
    }

    @Test
    void aConnectMayHaveItsMaximum() {
        int fieldsAndHeader = 4 + 10;
        client.send(packet(0x10, protocol(MqttVersion.V3_1_1) + "02003C"
                + string("i".repeat(64 * 1024 - fieldsAndHeader - 2))));

        client.expect("20 02 00 00");
    }

    /** Accepts but for those who ask for something else by their client id. */
    private static final class Application extends RecordingHandler {

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            if (connect.clientId().equals("decides")) {
                channel.accept(new Client("decides"),
                        new ConnackOptions(true, 1_200, OptionalLong.of(60), Optional.of("given")));
            } else if (connect.clientId().equals("refuse")) {
                channel.refuse(ReasonCode.NOT_AUTHORIZED, "nope");
            } else {
                super.connect(channel, connect);
            }
        }
    }
}
