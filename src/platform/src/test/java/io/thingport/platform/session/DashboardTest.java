package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.dashboard.Dashboards;
import io.thingport.platform.dashboard.Right;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.TopicClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that connect with a token. */
class DashboardTest {

    private static final String KEY = "TPkey";
    private static final DeviceKey OTHER = new DeviceKey(PRODUCT, "lamp_02");
    private static final String STATUS_OF_ALL = "/as/mqtt/status/" + PRODUCT + "/+";
    private static final String ALL = "/" + PRODUCT + "/+/user/#";

    private final TestServer server = new TestServer();

    @BeforeEach
    void haveAnAccessKey() {
        server.accessKeys.put(KEY, new Caller(KEY, EnumSet.allOf(Scope.class)));
        server.register(OTHER);
    }

    // ---- connecting ----

    @ParameterizedTest
    @ValueSource(strings = {"V3_1", "V3_1_1", "V5"})
    void aTokenIsAsGoodAsADevicesSignature(MqttVersion version) {
        assertThat(connect(version, token()).accepted()).isTrue();
    }

    @Test
    void aTokenInTheClearIsRefused() {
        TestChannel dashboard = channel(MqttVersion.V5);
        dashboard.secure = false;
        dashboard.connect(packet(MqttVersion.V5, "page", token(), 60, true, OptionalLong.empty()));
        assertThat(dashboard.refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aDashboardIsNoDevice() {
        connect();
        assertThat(server.loops.counters().sessions()).isZero();
        assertThat(server.statuses()).isEmpty();
    }

    @Test
    void severalConnectWithTheSameTokenAndClientIdentifier() {
        String token = token();
        TestChannel first = connect(MqttVersion.V5, token);
        TestChannel second = connect(MqttVersion.V5, token);
        assertThat(List.of(first.open(), second.open())).containsExactly(true, true);
    }

    @Test
    void aSessionIsNeverPresent() {
        TestChannel dashboard = channel(MqttVersion.V5);
        dashboard.connect(packet(MqttVersion.V5, "page", token(), 60, false, OptionalLong.of(100)));
        server.settle();
        assertThat(dashboard.connack.orElseThrow().sessionPresent()).isFalse();
        assertThat(dashboard.connack.orElseThrow().sessionExpiry()).hasValue(0);
    }

    @Test
    void anEmptyClientIdentifierIsReplaced() {
        TestChannel dashboard = channel(MqttVersion.V5);
        dashboard.connect(packet(MqttVersion.V5, "", token(), 60, true, OptionalLong.empty()));
        server.settle();
        assertThat(dashboard.connack.orElseThrow().assignedClientId()).contains("dashboard");
    }

    @Test
    void aClientIdentifierThatIsTooLongIsRefused() {
        assertThat(refusal(packet(MqttVersion.V5, "x".repeat(65), token(), 60, true, OptionalLong.empty())))
                .contains(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page\nINFO all is well", "\u0007", "a\u2028b"})
    void aClientIdentifierThatBreaksALogLineIsRefused(String clientId) {
        assertThat(refusal(packet(MqttVersion.V5, clientId, token(), 60, true, OptionalLong.empty())))
                .contains(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 29, 1201})
    void aKeepAliveOutOfBoundsIsRefused(int keepAlive) {
        assertThat(refusal(packet(MqttVersion.V5, "page", token(), keepAlive, true, OptionalLong.empty())))
                .contains(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1:", "1:AAAA", "999:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoTokenIsRefused(String password) {
        assertThat(connect(MqttVersion.V5, password).refused).contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String token = token();
        char last = token.charAt(token.length() - 5) == 'A' ? 'B' : 'A';
        String changed = token.substring(0, token.length() - 5) + last + token.substring(token.length() - 4);
        assertThat(connect(MqttVersion.V5, changed).refused).contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aRefusedTokenCountsAsARefusedConnect() {
        connect(MqttVersion.V5, "x");
        assertThat(server.loops.counters().refusedConnects()).containsEntry(ReasonCode.BAD_USER_NAME_OR_PASSWORD, 1L);
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token = token();
        server.pass(Duration.ofMinutes(1));
        assertThat(connect(MqttVersion.V5, token).refused).contains(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void aTokenWhoseAccessKeyIsGoneIsRefused() {
        String token = token();
        server.accessKeys.clear();
        assertThat(connect(MqttVersion.V5, token).refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aTokenWithARightThatItsAccessKeyHasNotIsRefused() {
        String token = token();
        server.accessKeys.put(KEY, new Caller(KEY, Set.of(Scope.CONSUME)));
        assertThat(connect(MqttVersion.V5, token).refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aTokenForAProductThatItsAccessKeyIsNotConfinedToIsRefused() {
        String token = token();
        server.accessKeys.put(KEY, new Caller(KEY, EnumSet.allOf(Scope.class), Set.of("another"), OptionalInt.empty()));
        assertThat(connect(MqttVersion.V5, token).refused).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void whoIsRefusedTakesNoPlace() {
        server.accessKeys.clear();
        connect();
        assertThat(server.dashboards.counters().connections()).isZero();
    }

    @Test
    void oneConnectionTooManyWithATokenIsRefused() {
        String token = token();
        for (int i = 0; i < Dashboards.TOKEN_CONNECTIONS_MAXIMUM; i++) {
            connect(MqttVersion.V5, token);
        }
        assertThat(connect(MqttVersion.V5, token).refused).contains(ReasonCode.QUOTA_EXCEEDED);
        assertThat(server.dashboards.counters().refused()).isEqualTo(1);
    }

    @Test
    void oneDashboardTooManyIsRefused() {
        for (int i = 0; i < Dashboards.CONNECTIONS_MAXIMUM; i++) {
            connect();
        }
        assertThat(connect().refused).contains(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void aPlaceIsFreeAgainWhenADashboardLeaves() {
        connect().lose();
        server.settle();
        assertThat(server.dashboards.counters().connections()).isZero();
    }

    // ---- its end ----

    @Test
    void aConnectionEndsWithItsToken() {
        TestChannel dashboard = connect();
        server.pass(Duration.ofSeconds(59));
        assertThat(dashboard.open()).isTrue();
        server.pass(Duration.ofSeconds(1));
        assertThat(dashboard.closedWith).contains(ReasonCode.MAXIMUM_CONNECT_TIME);
    }

    @Test
    void oneThatFailsToCloseHoldsTheEndOfOthersUpForASecondAtMost() {
        TestChannel failing = connect();
        TestChannel dashboard = connect();
        failing.failsToClose = true;
        assertThatThrownBy(() -> server.pass(Duration.ofMinutes(1))).isInstanceOf(IllegalStateException.class);
        failing.failsToClose = false;
        server.pass(Duration.ofSeconds(1));
        assertThat(dashboard.closedWith).contains(ReasonCode.MAXIMUM_CONNECT_TIME);
    }

    @Test
    void aConnectionEndsWithTheAccessKeyOfItsToken() {
        TestChannel dashboard = connect();
        server.dashboards.keyRevoked(KEY);
        server.pass(Duration.ofSeconds(1));
        assertThat(dashboard.closedWith).contains(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void anotherAccessKeysConnectionStays() {
        TestChannel dashboard = connect();
        server.dashboards.keyRevoked("another");
        server.pass(Duration.ofSeconds(1));
        assertThat(dashboard.open()).isTrue();
    }

    @Test
    void whoWatchesAProductThatIsDeletedIsClosed() {
        TestChannel dashboard = watching(ALL);
        server.watch.productRemoved(PRODUCT);
        server.settle();
        assertThat(dashboard.closedWith).contains(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    // ---- watching ----

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/+/user/#", "/a1Qx7Lm2Zt9/+/#", "/a1Qx7Lm2Zt9/lamp_01/user/#",
            "/a1Qx7Lm2Zt9/lamp_01/user/update", "/a1Qx7Lm2Zt9/+/user/+"})
    void whatADevicePublishesIsSeen(String filter) {
        TestChannel dashboard = watching(filter);
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(dashboard.received).extracting(TestChannel.Sent::topic, TestChannel.Sent::payload)
                .containsExactly(tuple(UPDATE, "x"));
    }

    @Test
    void itIsSeenAtQos0() {
        TestChannel dashboard = watching(ALL);
        assertThat(server.connect(LAMP).publish1(UPDATE, "x")).isEqualTo(ReasonCode.SUCCESS);
        server.settle();
        assertThat(dashboard.received).extracting(TestChannel.Sent::packetId).containsExactly(0);
    }

    @Test
    void overlappingFiltersShowItOnce() {
        TestChannel dashboard = watching(ALL, UPDATE, "/" + PRODUCT + "/lamp_01/user/#");
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(dashboard.payloads()).containsExactly("x");
    }

    @Test
    void anotherDeviceIsNotSeenByWhoWatchesOne() {
        TestChannel dashboard = watching("/" + PRODUCT + "/lamp_02/user/#");
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(dashboard.received).isEmpty();
    }

    @Test
    void anotherTopicIsNotSeen() {
        TestChannel dashboard = watching("/" + PRODUCT + "/+/user/get");
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(dashboard.received).isEmpty();
    }

    @Test
    void theStatusOfDevicesIsSeen() {
        TestChannel dashboard = watching(STATUS_OF_ALL);
        server.connect(LAMP).lose();
        server.settle();
        assertThat(dashboard.received).extracting(TestChannel.Sent::topic)
                .containsOnly("/as/mqtt/status/" + PRODUCT + "/lamp_01");
        assertThat(dashboard.payloads()).satisfiesExactly(
                online -> assertThat(online).startsWith("{\"status\":\"online\""),
                offline -> assertThat(offline).startsWith("{\"status\":\"offline\""));
    }

    @Test
    void messagesAreNotSeenByWhoWatchesTheStatus() {
        TestChannel device = server.connect(LAMP);
        TestChannel dashboard = watching(STATUS_OF_ALL);
        device.publish0(UPDATE, "x");
        server.settle();
        assertThat(dashboard.received).isEmpty();
    }

    @Test
    void theStatusIsNotSeenByWhoWatchesMessages() {
        TestChannel dashboard = watching(ALL);
        server.connect(LAMP);
        assertThat(dashboard.received).isEmpty();
    }

    @Test
    void propertiesOfMqtt5Pass() {
        TestChannel dashboard = watching(ALL);
        PublishProperties properties = new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(new UserProperty("room", "hall")));
        server.connect(LAMP, MqttVersion.V5, 0).publish1(UPDATE, "x", properties);
        server.settle();
        assertThat(dashboard.received).extracting(TestChannel.Sent::properties).containsExactly(properties);
    }

    @Test
    void whatIsSentToADeviceIsNotSeen() {
        server.connect(LAMP).subscribe(GET);
        TestChannel dashboard = watching(ALL);
        dashboard.publish1(GET, "x");
        server.settle();
        assertThat(dashboard.received).isEmpty();
    }

    @Test
    void whatIsUnsubscribedIsNotSeen() {
        TestChannel dashboard = watching(ALL);
        assertThat(dashboard.unsubscribe(ALL)).isEqualTo(ReasonCode.SUCCESS);
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(dashboard.received).isEmpty();
    }

    @Test
    void afterTheLastOneHasLeftNobodyWatches() {
        TestChannel dashboard = watching(ALL);
        dashboard.lose();
        server.settle();
        TestChannel another = watching(STATUS_OF_ALL);
        another.unsubscribe(STATUS_OF_ALL);
        assertThat(server.watch.counters().watchers()).isZero();
    }

    @Test
    void whatWasNeverSubscribedIsNotUnsubscribed() {
        assertThat(connect().unsubscribe(ALL)).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+/#", "/+/+/user/#", "/a1Qx7Lm2Zt9/#", "/a1Qx7Lm2Zt9/+", "/another/+/user/#",
            "/sys/a1Qx7Lm2Zt9/+/thing/#", "/as/mqtt/status/+/+", "/as/mqtt/status/a1Qx7Lm2Zt9/#",
            "/as/mqtt/status/another/+", "/as/#", "/ext/rrpc/+/a1Qx7Lm2Zt9/lamp_01/user/get",
            "/broadcast/a1Qx7Lm2Zt9/all", "/a1Qx7Lm2Zt9/lam/user/#", "a1Qx7Lm2Zt9/+/user/#"})
    void noOtherFilterIsGranted(String filter) {
        assertThat(connect().subscribe(filter)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void whatTheTokenDoesNotSayIsNotGranted() {
        TestChannel dashboard = connect(MqttVersion.V5, token(Right.STATUS));
        assertThat(dashboard.subscribe(ALL)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(dashboard.subscribe(STATUS_OF_ALL)).isEqualTo(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a1Qx7Lm2Zt9/#/user", "/a1Qx7Lm2Zt9/la+/user"})
    void aMalformedFilterIsNotGranted(String filter) {
        assertThat(connect().subscribe(filter)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void tooManyFiltersAreNotGranted() {
        TestChannel dashboard = connect();
        for (int i = 0; i < 100; i++) {
            dashboard.subscribe("/" + PRODUCT + "/+/user/" + i);
        }
        assertThat(dashboard.subscribe(ALL)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(dashboard.subscribe("/" + PRODUCT + "/+/user/7")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void tooManyFiltersAtOnceAreNotGranted() {
        Subscription[] nine = Collections.nCopies(9, new Subscription(new TopicFilter(ALL), false))
                .toArray(Subscription[]::new);
        assertThat(connect().subscribe(nine)).hasSize(9).containsOnly(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void aWakeThatAFullQueueDidNotTakeComesLater() {
        TestChannel dashboard = watching(ALL);
        TestChannel device = server.connect(LAMP);
        server.testLoops.forEach(loop -> loop.full(true));
        device.publish0(UPDATE, "x");
        server.settle();
        server.testLoops.forEach(loop -> loop.full(false));
        server.pass(Duration.ofSeconds(1));
        assertThat(dashboard.payloads()).containsExactly("x");
    }

    // ---- slow ones ----

    @Test
    void whatASlowDashboardDoesNotTakeIsDroppedAndCounted() {
        TestChannel dashboard = watching(ALL);
        dashboard.socketFull = true;
        TestChannel device = server.connect(LAMP);
        for (int i = 0; i < 10_000; i++) {
            assertThat(device.publish1(UPDATE, "x")).isEqualTo(ReasonCode.SUCCESS);
        }
        showAll();
        assertThat(server.dashboards.counters().dropped() + server.watch.counters().missed()).isEqualTo(10_000);
    }

    @Test
    void aDashboardThatTakesNothingForAWhileIsClosed() {
        TestChannel dashboard = watching(ALL);
        dashboard.socketFull = true;
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        server.pass(Duration.ofSeconds(29));
        assertThat(dashboard.open()).isTrue();
        server.pass(Duration.ofSeconds(1));
        assertThat(dashboard.closedWith).contains(ReasonCode.QUOTA_EXCEEDED);
        assertThat(server.dashboards.counters().stalled()).isEqualTo(1);
    }

    @Test
    void aDashboardThatTakesSomethingStays() {
        TestChannel dashboard = watching(ALL);
        dashboard.socketFull = true;
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        server.pass(Duration.ofSeconds(29));
        dashboard.becomeWritable();
        server.pass(Duration.ofSeconds(2));
        assertThat(dashboard.open()).isTrue();
    }

    @Test
    void aSlowDashboardHoldsNoOtherUp() {
        TestChannel slow = watching(ALL);
        slow.socketFull = true;
        TestChannel other = watching(ALL);
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(other.payloads()).containsExactly("x");
    }

    @Test
    void manyMessagesAreShownInOrderAndInSlices() {
        TestChannel dashboard = watching(ALL);
        TestChannel device = server.connect(LAMP);
        for (int i = 0; i < 600; i++) {
            device.publish0(UPDATE, Integer.toString(i));
        }
        server.settle();
        assertThat(dashboard.payloads()).hasSizeLessThan(600);
        showAll();
        assertThat(dashboard.payloads()).containsExactly(
                IntStream.range(0, 600).mapToObj(Integer::toString).toArray(String[]::new));
    }

    @Test
    void aMessageTooLargeForADashboardIsCounted() {
        TestChannel dashboard = watching(ALL);
        dashboard.payloadMaximum = 0;
        server.connect(LAMP).publish0(UPDATE, "x");
        server.settle();
        assertThat(server.dashboards.counters().dropped()).isEqualTo(1);
    }

    // ---- publishing ----

    @Test
    void aPublishReachesTheDevice() {
        TestChannel device = server.connect(LAMP);
        device.subscribe(GET);
        assertThat(published(connect(), GET)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void aPublishAtQos0ReachesTheDevice() {
        TestChannel device = server.connect(LAMP);
        device.subscribe(GET);
        connect().publish0(GET, "x");
        server.settle();
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void aDeviceThatDoesNotListenIsTold() {
        assertThat(published(connect(), GET)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/another/lamp_01/user/get", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/property/set",
            "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/1", "/ext/rrpc/1/a1Qx7Lm2Zt9/lamp_01/user/get",
            "/broadcast/a1Qx7Lm2Zt9/all", "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/response", "anything",
            "/a1Qx7Lm2Zt9/lamp_01/user/update"})
    void noOtherTopicIsPublishedTo(String topic) {
        assertThat(published(connect(), topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(server.dashboards.counters().refusedPublishes()).isEqualTo(1);
    }

    @Test
    void withoutTheRightNothingIsPublished() {
        TestChannel device = server.connect(LAMP);
        device.subscribe(GET);
        assertThat(published(connect(MqttVersion.V5, token(Right.WATCH, Right.STATUS)), GET))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(device.received).isEmpty();
    }

    @Test
    void anUnknownDeviceIsAWrongTopic() {
        assertThat(published(connect(), "/" + PRODUCT + "/lamp_99/user/get")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void aTopicClassThatIsTakenAwayEndsThePermission() {
        TestChannel dashboard = connect();
        server.connect(LAMP).subscribe(GET);
        published(dashboard, GET);
        server.changeClasses(List.of(new TopicClass(1, "user/chat", Operation.ALL, Optional.empty())));
        assertThat(published(dashboard, GET)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void whatCannotBeDoneNowMayBeSentAgainIn3() {
        TestChannel dashboard = connect(MqttVersion.V3_1_1, token());
        server.databaseAway = true;
        dashboard.publish1(GET, "x");
        server.settle();
        assertThat(dashboard.dropped).hasSize(1);
        assertThat(dashboard.acks).isEmpty();
    }

    @Test
    void tooManyPublishesUnderWayAreRefused() {
        TestChannel dashboard = connect();
        for (int i = 0; i < 100; i++) {
            dashboard.publish0(CHAT, "x");
        }
        assertThat(dashboard.publish1(CHAT, "x")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        server.settle();
        assertThat(published(dashboard, CHAT)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    // ---- help ----

    private ReasonCode published(TestChannel dashboard, String topic) {
        dashboard.publish1(topic, "x");
        server.settle();
        return dashboard.acks.get(Collections.max(dashboard.acks.keySet()));
    }

    /** Lets slice after slice be shown. */
    private void showAll() {
        for (int i = 0; i < 10; i++) {
            server.rest();
        }
    }

    private TestChannel watching(String... filters) {
        TestChannel dashboard = connect();
        for (String filter : filters) {
            assertThat(dashboard.subscribe(filter)).isEqualTo(ReasonCode.SUCCESS);
        }
        return dashboard;
    }

    private TestChannel connect() {
        return connect(MqttVersion.V5, token());
    }

    private TestChannel connect(MqttVersion version, String password) {
        TestChannel dashboard = channel(version);
        dashboard.connect(packet(version, "page", password, 60, true, OptionalLong.empty()));
        server.settle();
        return dashboard;
    }

    private TestChannel channel(MqttVersion version) {
        TestChannel channel = new TestChannel(server, server.away(LAMP), version);
        channel.secure = true;
        return channel;
    }

    private Optional<ReasonCode> refusal(Connect packet) {
        TestChannel dashboard = channel(packet.version());
        dashboard.connect(packet);
        server.settle();
        return dashboard.refused;
    }

    private static Connect packet(MqttVersion version, String clientId, String password, int keepAlive, boolean cleanStart,
            OptionalLong sessionExpiry) {
        return new Connect(version, clientId, Optional.of("token"), Optional.of(password.getBytes(StandardCharsets.UTF_8)),
                keepAlive, cleanStart, sessionExpiry, 65_535, false, Optional.empty(), List.of());
    }

    private String token() {
        return token(Right.values());
    }

    private String token(Right... rights) {
        return server.tokens.issue(KEY, Set.of(PRODUCT), Set.of(rights), Duration.ofMinutes(1)).text().reveal();
    }
}
