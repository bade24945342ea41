package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.registry.RegistrationResult.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {

    private static final DeviceKey NEW = new DeviceKey(TestServer.PRODUCT, "lamp_99");
    private static final String REGISTER = "a1Qx7Lm2Zt9.lamp_01|securemode=2,authType=register,random=567345,signmethod=hmacsha256|";
    private static final String REGNWL = "lamp|securemode=-2,authType=regnwl,random=567345,signmethod=hmacsha256,instanceId=i|";
    private static final String CONNWL = "client1|securemode=-2,authType=connwl,_ss=1,ext=3|";

    private final TestServer server = new TestServer();

    @BeforeEach
    void begin() {
        server.statuses();
    }

    @Test
    void aDeviceIsToldItsSecret() {
        TestChannel channel = register(LAMP, REGISTER);

        assertThat(channel.accepted()).isTrue();
        assertThat(channel.received).hasSize(1);
        assertThat(channel.received.get(0).topic()).isEqualTo("/ext/register");
        assertThat(channel.received.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(channel.received.get(0).payload()).isEqualTo("{\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_01\","
                + "\"deviceSecret\":\"00112233445566778899aabbccddeeff\"}");
    }

    @Test
    void aPhysicalDeviceIsToldItsToken() {
        TestChannel channel = register(NEW, REGNWL);

        assertThat(channel.received).hasSize(1);
        assertThat(channel.received.get(0).topic()).isEqualTo("/ext/regnwl");
        assertThat(channel.received.get(0).payload()).isEqualTo("{\"productKey\":\"a1Qx7Lm2Zt9\",\"deviceName\":\"lamp_99\","
                + "\"clientId\":\"client1\",\"deviceToken\":\"ffeeddccbbaa99887766554433221100\"}");
    }

    @Test
    void theConnectionIsClosedAfterFifteenSeconds() {
        TestChannel channel = register(LAMP, REGISTER);
        server.pass(Duration.ofMillis(14_900));
        assertThat(channel.open()).isTrue();

        server.pass(Duration.ofMillis(200));
        assertThat(channel.open()).isFalse();
    }

    @Test
    void aDeviceThatClosesLeavesNothingBehind() {
        TestChannel channel = register(LAMP, REGISTER);
        channel.lose();
        server.settle();

        assertThat(server.testLoops).allMatch(loop -> loop.timersWaiting() == 0);
    }

    @Test
    void aDeviceThatRegistersIsNotOnline() {
        register(LAMP, REGISTER).lose();
        server.settle();

        assertThat(server.loops.counters().sessions()).isZero();
        assertThat(server.statuses()).isEmpty();
    }

    @Test
    void aRegistrationTakesNoConnectionsPlace() {
        TestChannel connected = server.connect(LAMP);
        register(LAMP, REGISTER);

        assertThat(connected.open()).isTrue();
    }

    @Test
    void nothingIsPublishedOverARegistration() {
        TestChannel connected = server.connect(LAMP);
        connected.subscribe(TestServer.CHAT);
        TestChannel channel = register(LAMP, REGISTER);

        assertThat(channel.publish1(TestServer.CHAT, "hello")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        channel.publish0(TestServer.CHAT, "hello");
        server.settle();
        assertThat(connected.received).isEmpty();
        assertThat(server.loops.counters().drops()).containsEntry(DropReason.NOT_AUTHORIZED, 2L);
    }

    @Test
    void nothingIsSubscribedToOverARegistration() {
        TestChannel channel = register(LAMP, REGISTER);

        assertThat(channel.subscribe(TestServer.GET)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(channel.unsubscribe(TestServer.GET)).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }

    @Test
    void neitherKeepAliveNorWillMattersToARegistration() {
        Connect usual = packet(LAMP, REGISTER, signature(LAMP));
        TestChannel channel = connect(new Connect(usual.version(), usual.clientId(), usual.userName(), usual.password(), 0,
                true, OptionalLong.empty(), 65_535, true, Optional.empty(), List.of()), true);
        assertThat(channel.accepted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"UNPROVEN, 0x86, 4", "ACTIVATED, 0x86, 4", "SWITCHED_OFF, 0x87, 5", "DISABLED, 0x87, 5",
        "TOO_MANY_TOKENS, 0x87, 5"})
    void whatIsRefusedHasItsCode(Refused why, int code, int returnCode) {
        server.registrations.refusal = Optional.of(why);
        ReasonCode refused = register(LAMP, REGISTER).refused.orElseThrow();

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.connectReturnCode()).isEqualTo(returnCode);
    }

    @Test
    void aWrongSignatureIsRefusedAsBadCredentials() {
        assertThat(connect(packet(LAMP, REGISTER, "00"), true).refused).contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void withoutTlsNothingIsRegistered() {
        assertThat(connect(packet(LAMP, REGISTER, signature(LAMP)), false).refused)
                .contains(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void withoutTheDatabaseTheDeviceHasToComeAgain() {
        server.registrations.away = true;
        assertThat(register(LAMP, REGISTER).refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void aRegistrationThatTakesTooLongHasToComeAgain() {
        TestChannel channel = new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1);
        channel.secure = true;
        channel.connect(packet(LAMP, REGISTER, signature(LAMP)));
        server.clock.pass(Duration.ofSeconds(Arrivals.LOOK_UP_SECONDS));
        server.testLoops.forEach(TestLoop::runTimers);

        assertThat(channel.refused).contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void aDeviceConnectsWithItsToken() {
        register(NEW, REGNWL);
        TestChannel channel = connect(packet(NEW, CONNWL, TestRegistrations.TOKEN), true);

        assertThat(channel.accepted()).isTrue();
        assertThat(server.statuses()).containsExactly("lamp_99 on");
    }

    @Test
    void theFirstConnectNotesThatTheTokenIsUsedAndTheNextDoesNot() {
        register(NEW, REGNWL);
        connect(packet(NEW, CONNWL, TestRegistrations.TOKEN), true);
        connect(packet(NEW, CONNWL, TestRegistrations.TOKEN), true);

        assertThat(server.registrations.activated).containsExactly("client1");
    }

    @Test
    void aTokenIsNotUsedBeforeThatIsStored() {
        register(NEW, REGNWL);
        server.registrations.away = true;

        assertThat(connect(packet(NEW, CONNWL, TestRegistrations.TOKEN), true).refused)
                .contains(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void theTypeOfTheRegistrationWithoutItsRandomIsAConnect() {
        register(NEW, REGNWL);
        assertThat(connect(packet(NEW, "client1|authType=regnwl|", TestRegistrations.TOKEN), true).accepted()).isTrue();
    }

    @Test
    void anotherTokenIsBadCredentials() {
        register(NEW, REGNWL);
        assertThat(connect(packet(NEW, CONNWL, TestRegistrations.NEW_SECRET), true).refused)
                .contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aTokenIsGoodWithItsClientIdOnly() {
        register(NEW, REGNWL);
        assertThat(connect(packet(NEW, "client2|authType=connwl|", TestRegistrations.TOKEN), true).refused)
                .contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aTokenIsNoSignature() {
        register(NEW, REGNWL);
        assertThat(connect(packet(NEW, "client1|signmethod=hmacsha256|", TestRegistrations.TOKEN), true).refused)
                .contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void withoutTlsNoTokenIsGood() {
        register(NEW, REGNWL);
        assertThat(connect(packet(NEW, CONNWL, TestRegistrations.TOKEN), false).refused)
                .contains(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    private TestChannel register(DeviceKey device, String clientId) {
        return connect(packet(device, clientId, signature(device)), true);
    }

    private TestChannel connect(Connect connect, boolean secure) {
        TestChannel channel = new TestChannel(server, server.away(LAMP), connect.version());
        channel.secure = secure;
        channel.connect(connect);
        server.settle();
        return channel;
    }

    private static String signature(DeviceKey device) {
        return TestServer.hmacSha256(TestRegistrations.PRODUCT_SECRET.reveal(), "deviceName" + device.deviceName()
                + "productKey" + device.productKey() + "random567345");
    }

    private static Connect packet(DeviceKey device, String clientId, String password) {
        return new Connect(MqttVersion.V3_1_1, clientId, Optional.of(device.deviceName() + "&" + device.productKey()),
                Optional.of(password.getBytes(StandardCharsets.UTF_8)), 60, true, OptionalLong.empty(), 65_535, false,
                Optional.empty(), List.of());
    }
}
