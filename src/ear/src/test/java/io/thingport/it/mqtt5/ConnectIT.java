package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CONNECT [MQTT 5, 3.1]: what opens a connection, and what is refused.
 *
 * <p>[MQTT-3.1.0-1], [MQTT-3.1.0-2], [MQTT-3.1.2-1], [MQTT-3.1.2-2], [MQTT-3.1.2-3], [MQTT-3.1.2-4], [MQTT-3.1.2-5],
 * [MQTT-3.1.2-6], [MQTT-3.1.2-9], [MQTT-3.1.2-11], [MQTT-3.1.2-12], [MQTT-3.1.2-13], [MQTT-3.1.2-16],
 * [MQTT-3.1.2-17], [MQTT-3.1.2-18], [MQTT-3.1.2-19], [MQTT-3.1.2-23], [MQTT-3.1.2-24], [MQTT-3.1.2-25],
 * [MQTT-3.1.2-26], [MQTT-3.1.2-27], [MQTT-3.1.2-28], [MQTT-3.1.2-29], [MQTT-3.1.3-1], [MQTT-3.1.3-3],
 * [MQTT-3.1.3-4], [MQTT-3.1.3-6], [MQTT-3.1.3-7], [MQTT-3.1.3-8], [MQTT-3.1.3-11], [MQTT-3.1.3-12],
 * [MQTT-3.1.4-1], [MQTT-3.1.4-2], [MQTT-3.1.4-3], [MQTT-3.1.4-4], [MQTT-3.1.4-5], [MQTT-3.1.4-6].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class ConnectIT {

    private static final int USER_NAME = 0b1000_0000;
    private static final int PASSWORD = 0b0100_0000;
    private static final int CLEAN_START = Bytes.CLEAN_START;

    /** [MQTT-3.1.0-1] */
    @Test
    void comesFirst(ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.PINGREQ)) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.0-2] */
    @Test
    void comesOnce(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.clean(server, device)) {
            assertThat(wire.send(Bytes.connect(device.login())).disconnected()).isEqualTo(0x82);
        }
    }

    /** [MQTT-3.1.2-1] */
    @Test
    void ofAnotherProtocolIsClosed(ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.packet(0x10, "MQTX", 5, CLEAN_START, 0, 60, 0, "id"))) {
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-2] in the words of 3.1.1, which a client of any version understands. */
    @Test
    void ofAnotherVersionIsRefused(ThingportServer server) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.packet(0x10, "MQTT", 6, CLEAN_START, 0, 60, 0, "id"))) {
            assertThat(wire.next()).hasToString("20 02 00 01");
            wire.closed();
        }
    }

    /** [MQTT-3.1.2-3] */
    @Test
    void withTheReservedFlagIsMalformed(ThingportServer server, Fleet fleet) throws Exception {
        refused(server, 0x81, Bytes.connect(Bytes.LOGIN | CLEAN_START | 1, fleet.device().login()));
    }

    /** [MQTT-3.1.2-4] */
    @Test
    void withCleanStartForgetsTheSession(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, device).subscribed(device.topic("user/get")).leave();
        byte[] cleanStart = Bytes.connect(device.login(), Property.SESSION_EXPIRY_INTERVAL.of(600));
        try (Wire wire = Wire.sent(server, cleanStart)) {
            assertThat(wire.next().sessionPresent()).isFalse();
            assertThat(Pub.send(server.rest(), device, "x")).isEqualTo("not-subscribed");
        }
    }

    /** [MQTT-3.1.2-5] */
    @Test
    void withoutCleanStartGoesOnWithTheSession(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.kept(server, device).subscribed(device.topic("user/get")).leave();
        assertThat(Pub.send(server.rest(), device, "waits")).isEqualTo("stored");
        try (Wire wire = Wire.kept(server, device)) {
            assertThat(wire.next().payload()).isEqualTo("waits");
        }
    }

    /** [MQTT-3.1.2-6] */
    @Test
    void withoutCleanStartMakesASessionWhereThereIsNone(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Wire.keeping(device))) {
            assertThat(wire.next().sessionPresent()).isFalse();
            wire.subscribed(device.topic("user/get")).leave();
        }
        assertThat(Pub.send(server.rest(), device, "x")).isEqualTo("stored");
    }

    /** [MQTT-3.1.2-9], [MQTT-3.1.3-1] */
    @Test
    void withAWillHasItsFieldsInTheirOrder(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        byte[] willProperties = Bytes.properties(Property.WILL_DELAY_INTERVAL.of(5),
                Property.PAYLOAD_FORMAT_INDICATOR.of(1), Property.MESSAGE_EXPIRY_INTERVAL.of(60),
                Property.CONTENT_TYPE.of("text/plain"), Property.RESPONSE_TOPIC.of("/a/b"),
                Property.CORRELATION_DATA.of("1"), Property.user("a", "b"));
        try (Wire wire = Wire.sent(server, Bytes.connectWithWill(0, login, willProperties, "/some/topic", "gone"))) {
            assertThat(wire.next(Packet.CONNACK).reason()).isZero();
        }
        refused(server, 0x81, Bytes.connect(Bytes.LOGIN | CLEAN_START | 0b100, login));
    }

    /** Its device would hear of it, now or when it is back. */
    @Test
    void withAWillHasItNeverPublished(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        Wire.kept(server, device).subscribed(topic).leave();
        byte[] connect = Bytes.packet(0x10, "MQTT", 5, Bytes.LOGIN | 0b1100, 0, 60,
                Bytes.properties(Property.SESSION_EXPIRY_INTERVAL.of(600)), device.login().clientId(), 0, topic, "gone",
                device.login().userName(), device.login().password());
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.next(Packet.CONNACK).sessionPresent()).isTrue();
            wire.send(Bytes.disconnect(0x04)).closed();
        }
        try (Wire wire = Wire.kept(server, device)) {
            wire.hasNothingElse();
        }
    }

    /** [MQTT-3.1.2-11], [MQTT-3.1.2-12], [MQTT-3.1.2-13] */
    @ParameterizedTest
    @ValueSource(ints = {0b0_1000, 0b1_0000, 0b1_1000, 0b10_0000, 0b1_1100})
    void withImpossibleWillFlagsIsMalformed(int flags, ThingportServer server, Fleet fleet) throws Exception {
        refused(server, 0x81, Bytes.connect(Bytes.LOGIN | CLEAN_START | flags, fleet.device().login()));
    }

    /** [MQTT-3.1.2-16], [MQTT-3.1.2-17], [MQTT-3.1.2-18], [MQTT-3.1.2-19]: what the flags promise and nothing else. */
    @ParameterizedTest
    @CsvSource({"0, 1", "128, 0", "128, 2", "64, 0", "64, 2", "192, 0", "192, 1"})
    void hasAsManyFieldsAsItsFlagsSay(int flags, int fields, ThingportServer server) throws Exception {
        byte[] credentials = fields == 0 ? Bytes.of() : fields == 1 ? Bytes.of("name") : Bytes.of("name", "password");
        refused(server, 0x81, Bytes.packet(0x10, "MQTT", 5, flags | CLEAN_START, 0, 60, 0, "id", credentials));
    }

    /** 5.0 permits a password without a user name; here both are needed. */
    @ParameterizedTest
    @ValueSource(ints = {0, USER_NAME, PASSWORD})
    void withoutUserNameAndPasswordIsRefused(int flags, ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        byte[] credential = switch (flags) {
            case USER_NAME -> Bytes.of(login.userName());
            case PASSWORD -> Bytes.of(login.password());
            default -> Bytes.of();
        };
        refused(server, 0x86, Bytes.packet(0x10, "MQTT", 5, flags | CLEAN_START, 0, 60, 0, login.clientId(), credential));
    }

    /** [MQTT-3.1.2-23] */
    @Test
    void withASessionExpiryKeepsTheSession(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Wire.clean(server, device, Property.SESSION_EXPIRY_INTERVAL.of(600)).subscribed(device.topic("user/get")).leave();
        try (Wire wire = Wire.sent(server, Bytes.connect(Bytes.LOGIN, device.login()))) {
            assertThat(wire.next().sessionPresent()).isTrue();
            assertThat(Pub.send(server.rest(), device, "x")).isEqualTo("sent");
        }
    }

    /** [MQTT-3.1.2-24], [MQTT-3.1.2-25]: it counts as delivered, also for a kept session. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsTheLargestPacketThatIsSent(boolean kept, ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        byte[] maximum = Property.MAXIMUM_PACKET_SIZE.of(100);
        try (Wire wire = kept ? Wire.kept(server, device, maximum) : Wire.clean(server, device, maximum)) {
            wire.subscribed(topic).send(Bytes.publish1(topic, 1, "x".repeat(100)));
            assertThat(wire.next(Packet.PUBACK).reason()).isZero();
            assertThat(wire.send(Bytes.publish1(topic, 2, "small")).next(Packet.PUBLISH).payload()).isEqualTo("small");
        }
    }

    /** An answer that does not fit leaves nothing but to close. */
    @Test
    void whoseAnswersDoNotFitIsClosed(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Bytes.connect(device.login(), Property.MAXIMUM_PACKET_SIZE.of(20)))) {
            wire.closed();
        }
        String[] filters = new String[40];
        Arrays.fill(filters, "/a");
        try (Wire wire = Wire.clean(server, device, Property.MAXIMUM_PACKET_SIZE.of(40))) {
            assertThat(wire.send(Bytes.unsubscribe(1, filters)).disconnected()).isEqualTo(0x95);
        }
    }

    /** [MQTT-3.1.2-26], [MQTT-3.1.2-27] */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535})
    void setsTheLargestTopicAliasThatIsSent(int maximum, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        try (Wire wire = Wire.clean(server, device, Property.TOPIC_ALIAS_MAXIMUM.of(maximum))) {
            wire.subscribed(device.topic("user/a"), device.topic("user/b"));
            for (int i = 0; i < 8; i++) {
                wire.send(Bytes.publish0(device.topic(i % 2 == 0 ? "user/a" : "user/b"), "x"));
                List<String> properties = wire.next(Packet.PUBLISH).properties();
                assertThat(properties).allSatisfy(property -> assertThat(property).startsWith("TOPIC_ALIAS="));
                assertThat(properties.stream().map(property -> property.split("=")[1]).map(Integer::valueOf))
                        .allMatch(alias -> alias >= 1 && alias <= maximum);
            }
        }
    }

    /** [MQTT-3.1.2-28] nor does it for 1, as it may. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void getsNoResponseInformation(int asked, ThingportServer server, Fleet fleet) throws Exception {
        byte[] connect = Bytes.connect(fleet.device().login(), Property.REQUEST_RESPONSE_INFORMATION.of(asked));
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.next(Packet.CONNACK).properties()).noneMatch(p -> p.startsWith("RESPONSE_INFORMATION"));
        }
    }

    /** [MQTT-3.1.2-29], and not in CONNACK and DISCONNECT either, where the standard would let it stand. */
    @Test
    void thatWantsNoProblemInformationGetsNone(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] none = Property.REQUEST_PROBLEM_INFORMATION.of(0);
        try (Wire wire = Wire.clean(server, device, none)) {
            wire.send(Bytes.publish1("/not/mine", 1, "x"), Bytes.subscribe(2, "/not/mine", 1),
                    Bytes.unsubscribe(3, "/not/mine"), Bytes.packet(0x00));
            for (int type : new int[] {Packet.PUBACK, Packet.SUBACK, Packet.UNSUBACK, Packet.DISCONNECT}) {
                assertThat(wire.next(type).properties()).isEmpty();
            }
        }
        try (Wire wire = Wire.sent(server, Bytes.connect(device.login().keepAlive(1), none))) {
            assertThat(wire.next(Packet.CONNACK).properties()).isEmpty();
        }
    }

    /** [MQTT-3.1.3-3] */
    @Test
    void withoutAClientIdIsMalformed(ThingportServer server) throws Exception {
        refused(server, 0x81, Bytes.packet(0x10, "MQTT", 5, CLEAN_START, 0, 60, 0));
    }

    /** [MQTT-3.1.3-4], [MQTT-3.1.3-12] */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withIllFormedUtf8IsMalformed(boolean clientId, ThingportServer server) throws Exception {
        byte[] wrong = Bytes.of(Bytes.two(3), Bytes.SURROGATE);
        byte[] right = Bytes.of("right");
        refused(server, 0x81, Bytes.packet(0x10, "MQTT", 5, Bytes.LOGIN | CLEAN_START, 0, 60, 0,
                clientId ? wrong : right, clientId ? right : wrong, "password"));
    }

    /** [MQTT-3.1.3-11] */
    @Test
    void withAnIllFormedWillTopicIsMalformed(ThingportServer server, Fleet fleet) throws Exception {
        refused(server, 0x81, Bytes.connectWithWill(0, fleet.device().login(), Bytes.of(0),
                Bytes.of(Bytes.two(3), Bytes.SURROGATE), "gone"));
    }

    /** [MQTT-3.1.3-6], [MQTT-3.1.3-7]; without a client identifier the signature is HmacMD5. */
    @Test
    void withAnEmptyClientIdIsAssignedOne(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire wire = Wire.sent(server, Bytes.connect(Logins.withoutClientId(device)))) {
            Packet connack = wire.next(Packet.CONNACK);
            assertThat(connack.reason()).isZero();
            assertThat(connack.properties())
                    .contains(Property.ASSIGNED_CLIENT_IDENTIFIER.is(device.productKey() + "." + device.name()));
        }
    }

    /** [MQTT-3.1.3-8] */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "a|signmethod=rot13|", "a|securemode|"})
    void withAWrongClientIdIsRefused(String clientId, ThingportServer server, Fleet fleet) throws Exception {
        refused(server, 0x85, Bytes.connect(fleet.device().login().clientId(clientId)));
    }

    /** [MQTT-3.1.4-1] */
    @Test
    void thatDoesNotFitItsLengthIsMalformed(ThingportServer server) throws Exception {
        refused(server, 0x81, Bytes.packet(0x10, "MQTT", 5, CLEAN_START, 0, 60, 0, "id", 0));
        refused(server, 0x81, Bytes.packet(0x10, "MQTT", 5, CLEAN_START, 0, 60, 0, 0, 9, 0x69));
    }

    /** [MQTT-3.1.4-2] */
    @Test
    void withAWrongSignatureIsRefused(ThingportServer server, Fleet fleet) throws Exception {
        refused(server, 0x86, Bytes.connect(fleet.device().login().password("0".repeat(64))));
    }

    /** [MQTT-3.1.4-3] */
    @Test
    void takesOverFromAnOlderConnection(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire older = Wire.clean(server, device); Wire newer = Wire.clean(server, device)) {
            assertThat(older.disconnected()).isEqualTo(0x8E);
            newer.hasNothingElse();
        }
    }

    /** [MQTT-3.1.4-4] also for a session that is in use. */
    @Test
    void withCleanStartTakesNoSessionOver(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Wire older = Wire.kept(server, device).subscribed(device.topic("user/get"));
                Wire newer = Wire.sent(server, Bytes.connect(device.login()))) {
            assertThat(older.disconnected()).isEqualTo(0x8E);
            assertThat(newer.next().sessionPresent()).isFalse();
            assertThat(Pub.send(server.rest(), device, "x")).isEqualTo("not-subscribed");
        }
    }

    /** [MQTT-3.1.4-5] */
    @Test
    void isAcknowledged(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.connect(fleet.device().login()))) {
            assertThat(wire.next(Packet.CONNACK).reason()).isZero();
        }
    }

    /** [MQTT-3.1.4-6] */
    @Test
    void thatIsRefusedLetsNothingBehindItPass(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        byte[] connect = Bytes.connect(device.login().password("0".repeat(64)));
        try (Wire wire = Wire.sent(server, Bytes.of(connect, Bytes.subscribe(1, device.topic("user/get"), 1),
                Bytes.PINGREQ))) {
            assertThat(wire.refused()).isEqualTo(0x86);
        }
    }

    /** The dialect's window; 5.0 would let the server set another value. */
    @ParameterizedTest
    @ValueSource(ints = {0, 29, 1201, 65_535})
    void withAKeepAliveOutsideTheWindowIsRefused(int seconds, ThingportServer server, Fleet fleet) throws Exception {
        refused(server, 0x83, Bytes.connect(fleet.device().login().keepAlive(seconds)));
    }

    private static void refused(ThingportServer server, int reason, byte[] connect) throws Exception {
        try (Wire wire = Wire.sent(server, connect)) {
            assertThat(wire.refused()).isEqualTo(reason);
        }
    }
}
