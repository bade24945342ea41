package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.TopicClass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRulesTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");
    private static final List<TopicClass> CLASSES = List.of(
            topicClass("user/update", Operation.PUB),
            topicClass("user/get", Operation.SUB),
            topicClass("user/chat", Operation.ALL),
            topicClass("user/room/+/light", Operation.SUB),
            topicClass("user/deep/#", Operation.SUB));

    private final TopicRules rules = new TopicRules(new Settings.Topics(128, 7));

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_01/user/update", "/a1Qx7Lm2Zt9/lamp_01/user/chat"})
    void aDevicePublishesWhatAClassWithPubOrAllPermits(String topic) {
        assertThat(publish(topic)).isEqualTo(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_01/user/get", "/a1Qx7Lm2Zt9/lamp_01/user/deep/x",
            "/a1Qx7Lm2Zt9/lamp_01/user/undefined", "/a1Qx7Lm2Zt9/lamp_01/user/update/more",
            "/a1Qx7Lm2Zt9/lamp_01/user", "/a1Qx7Lm2Zt9/lamp_01", "/a1Qx7Lm2Zt9/lamp_01/user/update/"})
    void aDevicePublishesNothingElseOfItsCustomTopics(String topic) {
        assertThat(publish(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_02/user/update", "/a1Other0000/lamp_01/user/update",
            "/sys/a1Qx7Lm2Zt9/lamp_02/thing/event/property/post", "/ext/ntp/a1Qx7Lm2Zt9/lamp_02/request",
            "/ota/device/inform/a1Qx7Lm2Zt9/lamp_02", "/shadow/update/a1Qx7Lm2Zt9/lamp_02",
            "/ext/rrpc/1/a1Qx7Lm2Zt9/lamp_02/user/get", "/ext/rrpc/1/sys/a1Qx7Lm2Zt9/lamp_02/thing/service/x"})
    void topicsOfOthersAreDenied(String topic) {
        assertThat(publish(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(subscribe(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_011/user/update", "/a1Qx7Lm2Zt9/lamp_0/user/update",
            "//a1Qx7Lm2Zt9/lamp_01/user/update", "a1Qx7Lm2Zt9/lamp_01/user/update",
            "/a1Qx7Lm2Zt9/lamp_01/user/updates", "/a1Qx7Lm2Zt9/LAMP_01/user/update", "/", "x", "////"})
    void levelsAreComparedWholeAndByteByByte(String topic) {
        assertThat(publish(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(subscribe(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/batch/post_reply",
            "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/request", "/ota/device/inform/a1Qx7Lm2Zt9/lamp_01",
            "/shadow/update/a1Qx7Lm2Zt9/lamp_01", "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/1339116017494043136"})
    void aDeviceUsesItsSystemTopicsInBothDirections(String topic) {
        assertThat(publish(topic)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(subscribe(topic)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01", "/ext/ntp/a1Qx7Lm2Zt9/lamp_01",
            "/ota/device/a1Qx7Lm2Zt9/lamp_01", "/ota/other/inform/a1Qx7Lm2Zt9/lamp_01",
            "/shadow/a1Qx7Lm2Zt9/lamp_01", "/shadow/a/b/a1Qx7Lm2Zt9/lamp_01", "/ext/register", "/ext/notify",
            "/ext/other/a1Qx7Lm2Zt9/lamp_01/x", "/as/mqtt/status/a1Qx7Lm2Zt9/lamp_01", "/ext/rrpc/1",
            "/ext/rrpc/1/shadow/get/a1Qx7Lm2Zt9/lamp_01", "/ext/rrpc/1/broadcast/a1Qx7Lm2Zt9/x",
            "/ext/rrpc/1/ext/rrpc/2/a1Qx7Lm2Zt9"})
    void whatOnlyLooksLikeASystemTopicIsDenied(String topic) {
        assertThat(publish(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(subscribe(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_01/user/get", "/a1Qx7Lm2Zt9/lamp_01/user/chat",
            "/a1Qx7Lm2Zt9/lamp_01/user/room/+/light", "/a1Qx7Lm2Zt9/lamp_01/user/room/7/light",
            "/a1Qx7Lm2Zt9/lamp_01/user/deep/#", "/a1Qx7Lm2Zt9/lamp_01/user/deep", "/a1Qx7Lm2Zt9/lamp_01/user/deep/+/a",
            "/a1Qx7Lm2Zt9/lamp_01/user/deep/a/#"})
    void aFilterIsGrantedWhenOneClassCoversIt(String filter) {
        assertThat(subscribe(filter)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_01/user/update", "/a1Qx7Lm2Zt9/lamp_01/user/+",
            "/a1Qx7Lm2Zt9/lamp_01/user/#", "/a1Qx7Lm2Zt9/lamp_01/#", "/a1Qx7Lm2Zt9/lamp_01/user/get/#",
            "/a1Qx7Lm2Zt9/lamp_01/user/room/#", "/a1Qx7Lm2Zt9/lamp_01/user/room/+/+", "/a1Qx7Lm2Zt9/+/user/get",
            "/+/lamp_01/user/get", "/+/+/user/get", "/a1Qx7Lm2Zt9/#", "#", "+/a", "/#", "$SYS/broker/uptime",
            "/sys/+/+/thing/service/#", "/sys/a1Qx7Lm2Zt9/+/thing/service/#", "/sys/#", "/ext/#", "/ext/rrpc/#",
            "/ext/rrpc/+/#", "/ext/rrpc/+/a1Qx7Lm2Zt9/lamp_01/user/update", "/broadcast/#", "/broadcast/+/x"})
    void aFilterThatReachesFurtherIsDenied(String filter) {
        assertThat(subscribe(filter)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01/#", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/+/post_reply",
            "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/#", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+",
            "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/#", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/push_reply",
            "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/+", "/ext/rrpc/+/a1Qx7Lm2Zt9/lamp_01/user/get",
            "/ext/rrpc/+/a1Qx7Lm2Zt9/lamp_01/user/deep/#", "/ext/rrpc/+/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+",
            "/ext/rrpc/+/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/property/set", "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/response",
            "/ext/session/a1Qx7Lm2Zt9/lamp_01/combine/login_reply", "/ext/session/a1Qx7Lm2Zt9/lamp_01/#",
            "/ext/error/a1Qx7Lm2Zt9/lamp_01", "/ota/device/upgrade/a1Qx7Lm2Zt9/lamp_01", "/ota/device/+/a1Qx7Lm2Zt9/lamp_01",
            "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/batch/post_reply", "/sys/a1Qx7Lm2Zt9/lamp_01/_thing/#",
            "/shadow/get/a1Qx7Lm2Zt9/lamp_01", "/broadcast/a1Qx7Lm2Zt9/#", "/broadcast/a1Qx7Lm2Zt9/any/thing"})
    void theFiltersThatSdksSendAreGranted(String filter) {
        assertThat(subscribe(filter)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void theLevelOfTheDeviceMayHoldWhatItsNameMay() {
        DeviceKey device = new DeviceKey("a1Qx7Lm2Zt9", "a-_@.:Z9");
        assertThat(rules.publish(device, CLASSES, TopicName.of("/a1Qx7Lm2Zt9/a-_@.:Z9/user/update")))
                .isEqualTo(ReasonCode.SUCCESS);
        assertThat(rules.subscribe(device, CLASSES, new TopicFilter("/a1Qx7Lm2Zt9/a-_@.:Z9/user/room/+/light")))
                .isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(rules.subscribe(device, CLASSES, new TopicFilter("/sys/a1Qx7Lm2Zt9/a-_@.:Z9/rrpc/request/+")))
                .isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broadcast/a1Qx7Lm2Zt9/news", "/broadcast/a1Qx7Lm2Zt9/a/b/c/d/e"})
    void theseAreTopicsForBroadcasts(String topic) {
        assertThat(rules.isBroadcast("a1Qx7Lm2Zt9", TopicName.of(topic))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broadcast/a1Qx7Lm2Zt9", "/broadcast/a1Qx7Lm2Zt9/", "/broadcast/a1Other0000/news",
            "/broadcast/a1Qx7Lm2Zt9/a/b/c/d/e/f", "/ext/rrpc/1/broadcast/a1Qx7Lm2Zt9/news", "/a1Qx7Lm2Zt9/lamp_01/user/get",
            "broadcast/a1Qx7Lm2Zt9/news"})
    void theseAreNot(String topic) {
        assertThat(rules.isBroadcast("a1Qx7Lm2Zt9", TopicName.of(topic))).isFalse();
    }

    @Test
    void aBroadcastMayNotBePublishedByADevice() {
        assertThat(publish("/broadcast/a1Qx7Lm2Zt9/x")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void broadcastsOfAnotherProductAreDenied() {
        assertThat(subscribe("/broadcast/a1Other0000/x")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aReplyToACustomTopicCallNeedsNoClass() {
        assertThat(publish("/ext/rrpc/5/a1Qx7Lm2Zt9/lamp_01/user/get")).isEqualTo(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_01/user/deep//a", "/a1Qx7Lm2Zt9/lamp_01/user/deep/",
            "/a1Qx7Lm2Zt9/lamp_01/user/deep/a-b", "/a1Qx7Lm2Zt9/lamp_01/user/deep/灯"})
    void levelsOfCustomTopicsAreLettersDigitsAndUnderscores(String topic) {
        assertThat(subscribe(topic)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aCustomTopicHas128BytesAtMost() {
        String longest = "/a1Qx7Lm2Zt9/lamp_01/user/deep/" + "x".repeat(128 - 31);
        assertThat(subscribe(longest)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(subscribe(longest + "x")).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(publish(longest + "x")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void aCustomTopicHasSevenSlashesAtMost() {
        String deepest = "/a1Qx7Lm2Zt9/lamp_01/user/deep/a/b/c";
        assertThat(subscribe(deepest)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(subscribe(deepest + "/d")).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(publish(deepest + "/d")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void lengthAndDepthOfACustomTopicCallAreThoseOfItsTopic() {
        assertThat(subscribe("/ext/rrpc/+/a1Qx7Lm2Zt9/lamp_01/user/deep/a/b/c")).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(subscribe("/ext/rrpc/+/a1Qx7Lm2Zt9/lamp_01/user/deep/a/b/c/d"))
                .isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void aSystemTopicHas512BytesAtMost() {
        String longest = "/sys/a1Qx7Lm2Zt9/lamp_01/" + "x".repeat(512 - 25);
        assertThat(publish(longest)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(publish(longest + "x")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a1Qx7Lm2Zt9/lamp_01/user/de#", "/a1Qx7Lm2Zt9/lamp_01/#/user", "/a1Qx7Lm2Zt9/la+p/x"})
    void aMalformedFilterIsInvalid(String filter) {
        assertThat(subscribe(filter)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void sharedSubscriptionsAreNotSupported() {
        assertThat(subscribe("$share/group/a1Qx7Lm2Zt9/lamp_01/user/get"))
                .isEqualTo(ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
    }

    @Test
    void aDeviceReceivesWhatItMaySubscribe() {
        assertThat(rules.receive(LAMP, CLASSES, TopicName.of("/a1Qx7Lm2Zt9/lamp_01/user/room/7/light"))).isTrue();
        assertThat(rules.receive(LAMP, CLASSES, TopicName.of("/a1Qx7Lm2Zt9/lamp_01/user/update"))).isFalse();
    }

    private ReasonCode publish(String topic) {
        return rules.publish(LAMP, CLASSES, TopicName.of(topic));
    }

    private ReasonCode subscribe(String filter) {
        return rules.subscribe(LAMP, CLASSES, new TopicFilter(filter));
    }

    private static TopicClass topicClass(String suffix, Operation operation) {
        return new TopicClass(1, suffix, operation, Optional.empty());
    }
}
