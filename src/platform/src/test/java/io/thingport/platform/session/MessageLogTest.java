package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.devicelog.LogDraft;
import io.thingport.platform.devicelog.LogEntry;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.devicelog.Trace;
import io.thingport.platform.messaging.PubResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the device log says about messages and calls. */
class MessageLogTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SYSTEM_CALLS = "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/+";

    private final TestServer server = new TestServer();

    // ---- each message, where that is wanted ----

    @Test
    void byDefaultNoMessageIsWritten() {
        TestChannel channel = connected();
        channel.subscribe(GET);
        server.logged();
        channel.publish1(UPDATE, "up");
        pub(GET, QoS.AT_LEAST_ONCE, "down");
        channel.ackAll();

        assertThat(server.logged()).isEmpty();
    }

    @Test
    void aPublishOfATracedDeviceIsWrittenWithAllThatIsKnown() {
        trace(false);
        TestChannel channel = server.connect(LAMP, MqttVersion.V5, 0);
        channel.publish1(UPDATE, "up!", new PublishProperties(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(new UserProperty("a", "1"))));

        LogEntry up = only(LogKind.PUBLISH_UP);
        assertThat(up.topic()).contains(UPDATE);
        assertThat(up.qos()).hasValue(1);
        assertThat(up.size()).hasValue(3);
        assertThat(up.packetId()).hasValue(7);
        assertThat(up.messageId()).isPresent();
        assertThat(up.userProperties()).containsExactly(new UserProperty("a", "1"));
        assertThat(up.payload()).isEmpty();
    }

    @Test
    void aProductsMessagesAreWrittenFromWhenItsLevelSaysSo() {
        TestChannel channel = connected();
        server.levels.set(PRODUCT, Optional.of(LogLevel.MESSAGES));
        channel.publish0(UPDATE, "up");

        only(LogKind.PUBLISH_UP);
    }

    @Test
    void aTraceThatIsSetWhileTheDeviceIsConnectedHoldsAtOnce() {
        TestChannel channel = connected();
        trace(false);
        channel.publish0(UPDATE, "up");

        only(LogKind.PUBLISH_UP);
    }

    @Test
    void aTraceEndsByItself() {
        trace(false);
        TestChannel channel = connected();
        server.pass(HOUR);
        channel.publish0(UPDATE, "up");

        assertThat(server.logged()).isEmpty();
    }

    @Test
    void aMessageToADeviceHasOneIdFromSendingToAcknowledgement() {
        trace(false);
        TestChannel channel = connected();
        channel.subscribe(GET);
        server.logged();
        long id = pub(GET, QoS.AT_LEAST_ONCE, "down").messageId();
        channel.ackAll();

        List<LogEntry> down = server.logged();
        assertThat(down).extracting(LogEntry::kind).containsOnly(LogKind.PUBLISH_DOWN);
        assertThat(down).extracting(entry -> details(entry).get("stage")).containsExactly("sent", "acknowledged");
        assertThat(down).extracting(LogEntry::messageId).containsOnly(OptionalLong.of(id));
        assertThat(down).extracting(LogEntry::packetId).doesNotContain(OptionalInt.empty());
    }

    @Test
    void aMessageThatWaitsIsWrittenWhenItIsStoredAndWhenItGoes() {
        trace(false);
        TestChannel channel = server.resume(LAMP);
        channel.subscribe(GET);
        channel.lose();
        server.settle();
        server.logged();
        pub(GET, QoS.AT_LEAST_ONCE, "later");
        server.resume(LAMP);

        assertThat(server.logged().stream().filter(entry -> entry.kind() == LogKind.PUBLISH_DOWN)
                .map(entry -> details(entry).get("stage"))).containsExactly("stored", "sent");
    }

    // ---- payloads ----

    @Test
    void aPayloadIsWrittenWhereThatIsSwitchedOn() {
        trace(true);
        connected().publish0(UPDATE, "secret recipe");

        assertThat(only(LogKind.PUBLISH_UP).payload()).contains("secret recipe".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofALongPayloadTheBeginningIsWritten() {
        trace(true);
        connected().publish0(UPDATE, "x".repeat(5_000));

        LogEntry up = only(LogKind.PUBLISH_UP);
        assertThat(up.payload().orElseThrow()).hasSize(LogDraft.PAYLOAD_MAXIMUM);
        assertThat(up.size()).hasValue(5_000);
        assertThat(details(up)).containsEntry("payloadCut", "true");
    }

    // ---- drops ----

    @Test
    void aPublishThatIsNotPermittedIsWrittenAs9236() {
        connected().publish1(GET, "up");

        LogEntry drop = only(LogKind.DROP);
        assertThat(drop.code()).isEqualTo(9236);
        assertThat(drop.topic()).contains(GET);
        assertThat(details(drop)).containsEntry("direction", "up").containsEntry("drop", "NOT_AUTHORIZED");
    }

    @Test
    void aStrayReplyIsWrittenAs1904() {
        connected().publish0("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/4711", "late");

        assertThat(only(LogKind.DROP).code()).isEqualTo(1904);
    }

    @Test
    void aMessageThatTheSocketDoesNotTakeIsWrittenAs1901() {
        TestChannel channel = connected();
        channel.subscribe(GET);
        channel.socketFull = true;
        server.logged();
        pub(GET, QoS.AT_MOST_ONCE, "down");

        assertThat(server.logged()).filteredOn(entry -> entry.kind() == LogKind.DROP).extracting(LogEntry::code).containsExactly(1901);
    }

    @Test
    void oneThatNeverStopsFailingGetsAFewEntriesInASecond() {
        TestChannel channel = connected();
        IntStream.range(0, 1_000).forEach(i -> channel.publish0(GET, "up"));

        assertThat(server.logged()).hasSize(MessageEvents.FAILURES_OF_DEVICE);
    }

    @Test
    void whatIsOffIsOff() {
        server.levels.set(PRODUCT, Optional.of(LogLevel.OFF));
        TestChannel channel = server.connect(LAMP);
        channel.publish0(GET, "up");
        channel.lose();

        assertThat(server.logged()).isEmpty();
    }

    // ---- what applications do ----

    @Test
    void aMessageToADeviceThatIsAwayIsWrittenAs9201() {
        long id = pub(GET, QoS.AT_MOST_ONCE, "down").messageId();

        LogEntry down = only(LogKind.PUBLISH_DOWN);
        assertThat(down.code()).isEqualTo(9201);
        assertThat(down.messageId()).hasValue(id);
    }

    @Test
    void aCallIsWrittenWithItsTime() {
        TestChannel channel = connected();
        channel.subscribe(SYSTEM_CALLS);
        server.logged();
        server.loops.call(LAMP, Optional.empty(), new byte[3], Duration.ofSeconds(2));
        server.settle();
        server.clock.pass(Duration.ofMillis(250));
        channel.publish0(channel.received.get(0).topic().replace("request", "response"), "reply");

        LogEntry call = only(LogKind.RRPC);
        assertThat(call.code()).isEqualTo(200);
        assertThat(call.size()).hasValue(3);
        assertThat(call.duration()).contains(Duration.ofMillis(250));
        assertThat(details(call)).containsEntry("replySize", "5");
    }

    @Test
    void aCallWithoutReplyIsWrittenAs1905() {
        TestChannel channel = connected();
        channel.subscribe(SYSTEM_CALLS);
        server.logged();
        server.loops.call(LAMP, Optional.empty(), new byte[3], Duration.ofSeconds(2));
        server.settle();
        server.pass(Duration.ofSeconds(2));

        assertThat(only(LogKind.RRPC).code()).isEqualTo(1905);
    }

    @Test
    void aCallOfADeviceThatIsAwayIsWrittenAs9201() {
        server.loops.call(LAMP, Optional.empty(), new byte[3], Duration.ofSeconds(2));

        assertThat(only(LogKind.RRPC).code()).isEqualTo(9201);
    }

    private TestChannel connected() {
        TestChannel channel = server.connect(LAMP);
        server.logged();
        return channel;
    }

    private void trace(boolean payloads) {
        server.levels.set(LAMP, Optional.of(new Trace(LogLevel.MESSAGES, payloads, server.clock.instant().plus(HOUR))));
        server.loops.traced(LAMP);
        server.settle();
    }

    private PubResult pub(String topic, QoS qos, String payload) {
        return server.get(server.loops.publish(Message.of(TopicName.of(topic), qos,
                Payload.of(payload.getBytes(StandardCharsets.UTF_8)))));
    }

    private LogEntry only(LogKind kind) {
        List<LogEntry> entries = server.logged().stream().filter(entry -> entry.kind() == kind).toList();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static Map<String, String> details(LogEntry entry) {
        return entry.details().stream().collect(Collectors.toMap(UserProperty::key, UserProperty::value));
    }
}
