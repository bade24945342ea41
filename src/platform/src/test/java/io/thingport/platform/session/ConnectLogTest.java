package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.LogCode;
import io.thingport.platform.devicelog.LogDraft;
import io.thingport.platform.devicelog.LogEntry;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import io.thingport.platform.registry.RegistrationResult.Refused;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the device log says about connections that come, go or do not come. */
class ConnectLogTest {

    private static final DeviceKey NOBODY = new DeviceKey(PRODUCT, "nobody");
    private static final DeviceKey OF_NO_PRODUCT = new DeviceKey("a1Nothing99", "lamp_01");
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.9", 4711);

    private final TestServer server = new TestServer();

    // ---- connected ----

    @Test
    void aConnectIsWrittenWithWhatTheDeviceAskedFor() {
        server.connect(LAMP);

        LogEntry connect = only(LogKind.CONNECT);
        assertThat(connect.code()).isEqualTo(LogCode.SUCCESS);
        assertThat(device(connect)).isEqualTo(LAMP);
        assertThat(connect.address()).contains("192.0.2.7");
        assertThat(details(connect)).contains(entry("protocol", "MQTT 3.1.1"), entry("keepAlive", "60"),
                entry("cleanSession", "true"), entry("transport", "plain"), entry("session", "new"), entry("proof", "signature"),
                entry("clientId", "client|signmethod=hmacsha256,ext=0|"));
    }

    @Test
    void aSessionThatIsFoundIsToldOf() {
        server.resume(LAMP).lose();
        server.settle();
        server.logged();
        server.resume(LAMP);

        assertThat(details(only(LogKind.CONNECT))).containsEntry("session", "resumed");
    }

    @Test
    void userPropertiesOfAConnectAreWritten() {
        send(packet(LAMP, c -> new Connect(MqttVersion.V5, c.clientId(), c.userName(), c.password(), 60, true, OptionalLong.empty(),
                65_535, false, Optional.empty(), List.of(new UserProperty("site", "Basel"), new UserProperty("site", "Bern")))));

        assertThat(only(LogKind.CONNECT).userProperties()).containsExactly(new UserProperty("site", "Basel"),
                new UserProperty("site", "Bern"));
    }

    // ---- disconnected ----

    @Test
    void aDisconnectIsASuccess() {
        gone(channel -> channel.disconnect(OptionalLong.empty()));

        LogEntry end = only(LogKind.DISCONNECT);
        assertThat(end.code()).isEqualTo(LogCode.SUCCESS);
        assertThat(end.reason()).contains("Device disconnect");
        assertThat(end.duration()).contains(Duration.ofSeconds(90));
    }

    @Test
    void aLostConnectionIsAnExceptionOfTheConnection() {
        gone(TestChannel::lose);

        LogEntry end = only(LogKind.DISCONNECT);
        assertThat(end.code()).isEqualTo(1950);
        assertThat(end.reason()).contains("Connection reset by peer");
    }

    @Test
    void whoIsPushedOutByAnotherIsWrittenOnceAs427() {
        server.connect(LAMP);
        server.logged();
        server.connect(LAMP);

        LogEntry end = only(LogKind.DISCONNECT);
        assertThat(end.code()).isEqualTo(427);
        assertThat(end.reason()).contains("Kicked by the same device");
    }

    @Test
    void aDeviceThatIsDisabledIsCutOffWith400() {
        server.connect(LAMP);
        server.get(server.loops.kick(LAMP, "the device was disabled"));

        LogEntry end = only(LogKind.DISCONNECT);
        assertThat(end.code()).isEqualTo(400);
        assertThat(end.reason()).contains("the device was disabled");
    }

    @Test
    void aSilentDeviceIsWrittenInTheVendorsWords() {
        assertThat(ConnectEvents.text(new CloseReason(CloseReason.Cause.KEEP_ALIVE_TIMEOUT, Optional.empty(), "")))
                .isEqualTo("Keepalive timeout");
    }

    // ---- refused ----

    @Test
    void aWrongSecretIsToldFromAnUnknownDevice() {
        send(TestServer.connectWithWrongSecret(LAMP));

        refused(LAMP, LogCode.SIGNATURE, "wrong signature");
    }

    @Test
    void anUnknownDeviceOfAKnownProductIsNamed() {
        server.connect(LAMP);
        server.logged();
        server.connect(NOBODY);

        refused(NOBODY, LogCode.REQUEST, "unknown device");
    }

    @Test
    void anUnknownProductIsNamed() {
        server.connect(OF_NO_PRODUCT);

        refused(OF_NO_PRODUCT, LogCode.UNKNOWN_PRODUCT, "unknown product");
    }

    @Test
    void theDeviceIsToldTheSameInAllThreeCases() {
        List<TestChannel> channels = List.of(send(TestServer.connectWithWrongSecret(LAMP)), server.connect(NOBODY),
                server.connect(OF_NO_PRODUCT));

        assertThat(channels).allMatch(channel -> channel.refused.equals(Optional.of(ReasonCode.BAD_USER_NAME_OR_PASSWORD)));
    }

    @Test
    void aDisabledDeviceIsNamed() {
        server.disable(LAMP);
        server.connect(LAMP);

        refused(LAMP, LogCode.REQUEST, "the device is disabled");
    }

    @Test
    void aKeepAliveOutOfBoundsIsNamedWithTheBounds() {
        send(packet(LAMP, c -> new Connect(c.version(), c.clientId(), c.userName(), c.password(), 5, true, c.sessionExpiry(), 65_535,
                false, Optional.empty(), List.of())));

        LogEntry refused = refused(LAMP, LogCode.CONNECT_PARAMETER, "the keep-alive has to be 30 to 1200 seconds");
        assertThat(details(refused)).containsEntry("keepAlive", "5");
    }

    @ParameterizedTest
    @CsvSource({
        "client, 460, has no |",
        "client|signmethod=hmacsha1, 460, does not end with a second |",
        "client|signmethod=hmacsha3|, 6292, is none that is known",
        "client|signmethod|, 460, no key=value",
    })
    void whatIsWrongWithAClientIdentifierIsNamed(String clientId, int code, String why) {
        send(packet(LAMP, c -> new Connect(c.version(), clientId, c.userName(), c.password(), 60, true, c.sessionExpiry(), 65_535,
                false, Optional.empty(), List.of())));

        refused(LAMP, code, why);
    }

    @ParameterizedTest
    @CsvSource({"lamp_01, has no &", "lamp_01&, has no product key", "x&a1Qx7Lm2Zt9, has no device name"})
    void whatIsWrongWithAUserNameIsNamedWithoutTheUserName(String userName, String why) {
        send(packet(LAMP, c -> new Connect(c.version(), c.clientId(), Optional.of(userName), c.password(), 60, true, c.sessionExpiry(),
                65_535, false, Optional.empty(), List.of())));

        LogEntry refused = only(LogKind.CONNECT);
        assertThat(refused.productKey()).isEmpty();
        assertThat(refused.address()).contains("192.0.2.7");
        assertThat(refused.reason().orElseThrow()).contains(why).doesNotContain(userName);
    }

    @Test
    void missingCredentialsAreNamed() {
        send(packet(LAMP, c -> new Connect(c.version(), c.clientId(), c.userName(), Optional.empty(), 60, true, c.sessionExpiry(),
                65_535, false, Optional.empty(), List.of())));

        refused(LAMP, LogCode.CONNECT_PARAMETER, "the password is missing");
    }

    @Test
    void anAuthenticationMethodIsNamed() {
        send(packet(LAMP, c -> new Connect(MqttVersion.V5, c.clientId(), c.userName(), c.password(), 60, true, c.sessionExpiry(),
                65_535, false, Optional.of("SCRAM"), List.of())));

        refused(LAMP, LogCode.CONNECT_PARAMETER, "no authentication method is supported");
    }

    @Test
    void aTokenWithoutTlsIsNamed() {
        send(packet(LAMP, c -> new Connect(c.version(), "client1|authType=connwl|", c.userName(), c.password(), 60, true,
                c.sessionExpiry(), 65_535, false, Optional.empty(), List.of())));

        refused(LAMP, LogCode.CONNECT_PARAMETER, "needs TLS");
    }

    @Test
    void aDeviceThatConnectsTooOftenIsNamedWithTheBound() {
        TestServer strict = new TestServer(TestServer.settings(new Settings.Rates(Settings.ReceiveMaximum.BOTH, 1, 0, DeviceRates.NONE,
                ServerRates.NONE)));
        strict.connect(LAMP);
        strict.logged();
        strict.connect(LAMP);

        assertThat(strict.logged()).anySatisfy(refused -> {
            assertThat(refused.code()).isEqualTo(LogCode.RATE);
            assertThat(refused.reason()).contains("more than 1 connects in a minute");
        });
    }

    @Test
    void withoutTheDatabaseTheServerSaysSo() {
        server.databaseAway = true;
        server.connect(LAMP);

        refused(LAMP, LogCode.INTERNAL, "the device cannot be looked up now");
    }

    @Test
    void anotherTokenThanTheDevicesIsNamed() {
        TestChannel channel = new TestChannel(server, server.away(LAMP), MqttVersion.V3_1_1);
        channel.secure = true;
        channel.connect(packet(LAMP, c -> new Connect(c.version(), "client1|authType=connwl|", c.userName(), c.password(), 60, true,
                c.sessionExpiry(), 65_535, false, Optional.empty(), List.of())));
        server.settle();

        refused(LAMP, LogCode.SIGNATURE, "the password is no token of the device");
    }

    @ParameterizedTest
    @CsvSource({"ACTIVATED, 6289, connected before", "SWITCHED_OFF, 6288, does not permit", "DISABLED, 400, disabled",
        "UNPROVEN, 6600, product's secret", "TOO_OFTEN, 9324, too many"})
    void whyARegistrationIsRefusedIsNamed(Refused why, int code, String text) {
        server.registrations.refusal = Optional.of(why);
        register(LAMP);

        refused(LAMP, code, text);
    }

    @Test
    void aRegistrationIsWrittenWithWhatWasGiven() {
        register(LAMP);

        LogEntry given = only(LogKind.CONNECT);
        assertThat(given.code()).isEqualTo(LogCode.SUCCESS);
        assertThat(details(given)).containsEntry("registered", "secret");
    }

    @Test
    void aFailedHandshakeIsWrittenUnderItsAddress() {
        server.loops.handshakeFailed(SOMEWHERE, TlsFailure.NO_TLS, "main");

        LogEntry refused = only(LogKind.CONNECT);
        assertThat(refused.address()).contains("192.0.2.9");
        assertThat(refused.productKey()).isEmpty();
        assertThat(refused.reason().orElseThrow()).contains("speaks no TLS");
    }

    @Test
    void aPortScanIsNotWritten() {
        server.loops.handshakeFailed(SOMEWHERE, TlsFailure.ENDED, "");

        assertThat(server.logged()).isEmpty();
    }

    @Test
    void whatIsNoConnectIsWrittenUnderItsAddress() {
        server.loops.malformed(SOMEWHERE, ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "protocol level 7");

        LogEntry refused = only(LogKind.CONNECT);
        assertThat(refused.address()).contains("192.0.2.9");
        assertThat(refused.reason()).contains("protocol level 7");
    }

    // ---- no secrets ----

    @Test
    void aSecretThatWasTakenForTheClientIdentifierIsMasked() {
        String secret = "0123456789abcdef0123456789abcdef";
        send(packet(LAMP, c -> new Connect(c.version(), secret, c.userName(), c.password(), 60, true, c.sessionExpiry(), 65_535, false,
                Optional.empty(), List.of())));

        assertThat(only(LogKind.CONNECT).toString()).doesNotContain(secret);
    }

    @Test
    void noPasswordIsWritten() {
        Connect packet = TestServer.connectPacket(LAMP, MqttVersion.V3_1_1, 0);
        send(packet);
        send(TestServer.connectWithWrongSecret(LAMP));

        assertThat(server.logged().toString()).doesNotContain(new String(packet.password().orElseThrow(), StandardCharsets.UTF_8));
    }

    // ---- floods ----

    @Test
    void anAddressThatTriesNamesGetsAFewEntriesInASecond() {
        IntStream.range(0, 100).forEach(i -> server.connect(new DeviceKey(PRODUCT, "made_up_" + i)));

        assertThat(server.logged()).hasSize(ConnectEvents.OF_STRANGER);
    }

    @Test
    void theNextEntryAboutItSaysHowManyWereLeftOut() {
        IntStream.range(0, 100).forEach(i -> server.connect(new DeviceKey(PRODUCT, "made_up_" + i)));
        server.logged();
        server.pass(Duration.ofSeconds(2));
        server.connect(NOBODY);

        assertThat(details(only(LogKind.CONNECT))).containsEntry(LogDraft.LEFT_OUT, "95");
    }

    @Test
    void itDoesNotPushOutWhatIsToldOfADevice() {
        IntStream.range(0, 100).forEach(i -> server.connect(new DeviceKey(PRODUCT, "made_up_" + i)));
        server.logged();
        server.connect(LAMP);

        assertThat(device(only(LogKind.CONNECT))).isEqualTo(LAMP);
    }

    @Test
    void manyAddressesGetABoundedNumberOfEntriesTogether() {
        IntStream.range(0, 200).forEach(i -> server.loops.malformed(new InetSocketAddress("198.51.100." + i, 1),
                ReasonCode.PROTOCOL_ERROR, "first packet is not CONNECT"));

        assertThat(server.logged()).hasSize(ConnectEvents.OF_STRANGERS);
    }

    // ---- subscriptions ----

    @Test
    void eachFilterIsWrittenWithItsAnswer() {
        TestChannel channel = server.connect(LAMP);
        server.logged();
        channel.subscribe(CHAT);
        channel.subscribe(UPDATE);

        List<LogEntry> entries = server.logged();
        assertThat(entries).extracting(LogEntry::kind).containsOnly(LogKind.SUBSCRIBE);
        assertThat(entries).extracting(e -> e.topic().orElseThrow()).containsExactly(CHAT, UPDATE);
        assertThat(entries).extracting(LogEntry::code).containsExactly(200, 403);
    }

    @Test
    void anUnsubscribedFilterIsWritten() {
        TestChannel channel = server.connect(LAMP);
        server.logged();
        channel.unsubscribe(CHAT);

        LogEntry entry = only(LogKind.UNSUBSCRIBE);
        assertThat(entry.topic()).contains(CHAT);
        assertThat(details(entry)).containsEntry("reasonCode", "0x11 NO_SUBSCRIPTION_EXISTED");
    }

    private TestChannel send(Connect packet) {
        TestChannel channel = new TestChannel(server, server.away(LAMP), packet.version());
        channel.connect(packet);
        server.settle();
        return channel;
    }

    private static Connect packet(DeviceKey device, UnaryOperator<Connect> change) {
        return change.apply(TestServer.connectPacket(device, MqttVersion.V3_1_1, 0));
    }

    private void register(DeviceKey device) {
        TestChannel channel = new TestChannel(server, server.away(device), MqttVersion.V3_1_1);
        channel.secure = true;
        String signature = TestServer.hmacSha256(TestRegistrations.PRODUCT_SECRET.reveal(),
                "deviceName" + device.deviceName() + "productKey" + device.productKey() + "random1234");
        channel.connect(packet(device, c -> new Connect(c.version(), "id|authType=register,random=1234,signmethod=hmacsha256|",
                c.userName(), Optional.of(signature.getBytes(StandardCharsets.UTF_8)), 60, true, c.sessionExpiry(), 65_535, false,
                Optional.empty(), List.of())));
        server.settle();
    }

    private void gone(Consumer<TestChannel> how) {
        TestChannel channel = server.connect(LAMP);
        server.logged();
        server.pass(Duration.ofSeconds(90));
        how.accept(channel);
    }

    private LogEntry refused(DeviceKey device, int code, String why) {
        LogEntry refused = only(LogKind.CONNECT);
        assertThat(device(refused)).isEqualTo(device);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason().orElseThrow()).contains(why);
        return refused;
    }

    private LogEntry only(LogKind kind) {
        List<LogEntry> entries = server.logged().stream().filter(entry -> entry.kind() == kind).toList();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static DeviceKey device(LogEntry entry) {
        return new DeviceKey(entry.productKey().orElseThrow(), entry.deviceName().orElseThrow());
    }

    private static Map<String, String> details(LogEntry entry) {
        return entry.details().stream().collect(Collectors.toMap(UserProperty::key, UserProperty::value));
    }
}
