package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices publish, on its way to consumer groups. */
class UpstreamTest {

    private static final String POST = "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post";
    private static final PublishProperties PROPERTIES = new PublishProperties(OptionalInt.of(1), OptionalLong.of(60),
            Optional.of("text/plain"), Optional.of(TopicName.of(GET)),
            Optional.of("7".getBytes(StandardCharsets.UTF_8)), List.of(new UserProperty("k", "v")));

    private final TestServer server = new TestServer();
    private TestChannel device;

    @BeforeEach
    void subscribe() {
        device = server.connect(LAMP);
        server.subscribe(new ProductSubscription(Set.of(UpstreamKind.DATA), List.of("g1", "g2")));
    }

    @Test
    void aMessageHasAllThatItsReceiverNeeds() {
        device.publish1(UPDATE, "x", PROPERTIES);
        server.settle();
        UpstreamMessage message = server.upstream.written.get(0);
        assertThat(message.groups()).containsExactly("g1", "g2");
        assertThat(message.kind()).isEqualTo(UpstreamKind.DATA);
        assertThat(message.device()).isEqualTo(LAMP);
        assertThat(message.topic()).isEqualTo(UPDATE);
        assertThat(message.qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(message.generatedAt()).isEqualTo(server.clock.millis());
        assertThat(message.properties()).isEqualTo(PROPERTIES);
        assertThat(message.payload()).asString().isEqualTo("x");
    }

    @Test
    void eachMessageHasAnIdOfItsOwn() {
        device.publish1(UPDATE, "x");
        device.publish1(UPDATE, "x");
        server.settle();
        assertThat(server.upstream.written).extracting(UpstreamMessage::id).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aTurnsMessagesGoInOneBurst() {
        for (int i = 0; i < 5; i++) {
            device.publish1(UPDATE, Integer.toString(i));
        }
        server.settle();
        assertThat(server.upstream.bursts).containsExactly(5);
        assertThat(server.upstream.payloads()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void theAcknowledgementWaitsUntilTheMessageIsDurable() {
        server.upstream.held = true;
        device.publish1(UPDATE, "x");
        server.settle();
        assertThat(device.acks).isEmpty();
        server.upstream.held = false;
        server.settle();
        assertThat(device.acks.values()).containsExactly(ReasonCode.SUCCESS);
    }

    @Test
    void aQos0MessageGoesUp() {
        device.publish0(UPDATE, "x");
        server.settle();
        assertThat(server.upstream.written).extracting(UpstreamMessage::qos).containsExactly(QoS.AT_MOST_ONCE);
    }

    @Test
    void aThingModelMessageGoesUp() {
        device.publish1(POST, "{}");
        server.settle();
        assertThat(server.upstream.written).extracting(UpstreamMessage::topic).containsExactly(POST);
    }

    @Test
    void aRequestForTheTimeDoesNot() {
        device.publish1("/ext/ntp/a1Qx7Lm2Zt9/lamp_01/request", "{}");
        server.settle();
        assertThat(server.upstream.written).isEmpty();
    }

    @Test
    void whatIsDeniedDoesNot() {
        device.publish1(GET, "x");
        server.settle();
        assertThat(server.upstream.written).isEmpty();
    }

    @Test
    void theReplyToACallDoesNot() {
        device.publish1("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/1", "x");
        server.settle();
        assertThat(server.upstream.written).isEmpty();
    }

    @Test
    void aProductThatHasNoDataSubscribedCostsNothing() {
        server.subscribe(new ProductSubscription(Set.of(UpstreamKind.STATUS), List.of("g1")));
        assertThat(device.publish1(UPDATE, "x")).isEqualTo(ReasonCode.SUCCESS);
        server.settle();
        assertThat(server.upstream.bursts).isEmpty();
    }

    @Test
    void aSubscriptionThatEndsEndsAtOnce() {
        device.publish1(UPDATE, "1");
        server.subscribe(ProductSubscription.NONE);
        device.publish1(UPDATE, "2");
        server.settle();
        assertThat(server.upstream.payloads()).containsExactly("1");
    }

    @Test
    void aDeviceThatReceivesItsOwnMessageIsAcknowledgedWhenBothHaveIt() {
        device = server.resume(LAMP);
        device.subscribe(CHAT);
        server.upstream.held = true;
        device.publish1(CHAT, "x");
        server.settle();
        device.ackOldest(ReasonCode.SUCCESS);
        assertThat(device.acks).isEmpty();
        server.upstream.held = false;
        server.settle();
        assertThat(device.acks.values()).containsExactly(ReasonCode.SUCCESS);
    }

    @Test
    void aCleanSessionsEchoDoesNotAcknowledgeBeforeTheMessageIsDurable() {
        device.subscribe(CHAT);
        server.upstream.held = true;
        device.publish1(CHAT, "x");
        server.settle();
        assertThat(device.payloads()).containsExactly("x");
        assertThat(device.acks).isEmpty();
    }

    @Test
    void whatFindsNoRoomIsNotAcknowledgedIn3() {
        server.upstream.full = true;
        device.publish1(UPDATE, "x");
        server.settle();
        assertThat(device.acks).isEmpty();
        assertThat(device.dropped).hasSize(1);
        assertThat(drops()).isEqualTo(1);
    }

    @Test
    void whatFindsNoRoomIsRefusedIn5() {
        device = server.connect(LAMP, true, 0);
        server.upstream.full = true;
        device.publish1(UPDATE, "x");
        server.settle();
        assertThat(device.acks.values()).containsExactly(ReasonCode.QUOTA_EXCEEDED);
    }

    /** It would be told that its report has arrived. */
    @Test
    void whatFindsNoRoomIsNotAnswered() {
        device.subscribe(POST + "_reply");
        server.upstream.full = true;
        device.publish1(POST, "{\"id\":\"1\"}");
        server.settle();
        assertThat(device.received).isEmpty();
    }

    @Test
    void aQos0MessageThatFindsNoRoomStillReachesItsDevice() {
        device.subscribe(CHAT);
        server.upstream.full = true;
        device.publish0(CHAT, "x");
        server.settle();
        assertThat(device.payloads()).containsExactly("x");
        assertThat(drops()).isEqualTo(1);
    }

    @Test
    void whatIsReservedIsOffered() {
        device.publish1(UPDATE, "x");
        device.publish0(UPDATE, "x");
        server.settle();
        assertThat(server.upstream.reserved()).isZero();
    }

    @Test
    void aLoopWhoseQueueIsFullOffersAtOnce() {
        server.home(LAMP).full(true);
        device.publish0(UPDATE, "x");
        server.settle();
        assertThat(server.upstream.payloads()).containsExactly("x");
    }

    private long drops() {
        return server.loops.counters().drops().get(DropReason.UPSTREAM_FULL);
    }
}
