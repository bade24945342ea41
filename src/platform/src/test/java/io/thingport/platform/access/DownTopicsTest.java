package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.config.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownTopicsTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");
    private static final DeviceKey OTHER = new DeviceKey("a1Qx7Lm2Zt9", "lamp_02");

    static Stream<String> table() {
        return DownTopics.of(LAMP);
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyTopicOfTheTableIsSentToItsDevice(String filter) {
        TopicName topic = TopicName.of(filter.replace("+", "1"));
        assertThat(DownTopics.isAlways(LAMP, topic) || DownTopics.isAutomatic(LAMP, topic)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("table")
    void aTopicOfTheTableThatNamesItsDeviceIsSentToNoOther(String filter) {
        TopicName topic = TopicName.of(filter.replace("+", "1"));
        assertThat(DownTopics.isAlways(OTHER, topic) || DownTopics.isAutomatic(OTHER, topic))
                .isEqualTo(!filter.contains(LAMP.deviceName()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aFilterOfTheTableThatNamesItsDeviceMayBeSubscribed(String filter) {
        assertThat(new TopicRules(new Settings.Topics(128, 7)).subscribe(LAMP, List.of(), new TopicFilter(filter)))
                .isEqualTo(filter.contains(LAMP.deviceName()) ? ReasonCode.GRANTED_QOS_1 : ReasonCode.NOT_AUTHORIZED);
    }

    /** What the vendor lists, and what its SDKs wait for without a SUBSCRIBE. */
    @ParameterizedTest
    @ValueSource(strings = {
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/model/down_raw", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/model/up_raw_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post_reply", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/mod:hot/post_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/update_reply", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/delete_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/dynamicTsl/get_reply", "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/1339116017494043136",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/property/set",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/history/post_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/batch/post_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/reboot", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/mod:reboot",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/topo/change", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/sub/register_reply",
        "/ota/device/upgrade/a1Qx7Lm2Zt9/lamp_01", "/shadow/get/a1Qx7Lm2Zt9/lamp_01", "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/response",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/push", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/get_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/ota/firmware/get_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/property/desired/get_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/log/push", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/log/get_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/topo/add_reply", "/ext/session/a1Qx7Lm2Zt9/lamp_01/combine/login_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/job/notify", "/ext/rrpc/5/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/reboot",
        "/ext/rrpc/5/sys/a1Qx7Lm2Zt9/lamp_01/thing/model/down_raw", "/ext/error/a1Qx7Lm2Zt9/lamp_01"})
    void whatSdksExpectIsAutomatic(String topic) {
        assertThat(DownTopics.isAutomatic(LAMP, TopicName.of(topic))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/1", "/ext/ntp/a1Qx7Lm2Zt9/lamp_01/request",
        "/shadow/update/a1Qx7Lm2Zt9/lamp_01", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/property/post",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/reboot_reply", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/property/set_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/model/up_raw", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/model/down_raw_reply",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/deviceinfo/update", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/get",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/config/push_reply", "/ota/device/inform/a1Qx7Lm2Zt9/lamp_01",
        "/ota/device/progress/a1Qx7Lm2Zt9/lamp_01", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/topo/add",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/enable_reply", "/ext/session/a1Qx7Lm2Zt9/lamp_01/combine/login",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/log/post", "/sys/a1Qx7Lm2Zt9/lamp_01/_thing/diag/post"})
    void whatGoesUpIsNotAutomatic(String topic) {
        assertThat(DownTopics.isAutomatic(LAMP, TopicName.of(topic))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a1Qx7Lm2Zt9/lamp_01/user/get", "/ext/rrpc/5/a1Qx7Lm2Zt9/lamp_01/user/get",
        "/broadcast/a1Qx7Lm2Zt9/news"})
    void whatNeedsASubscriptionIsNotAutomatic(String topic) {
        assertThat(DownTopics.isAutomatic(LAMP, TopicName.of(topic))).isFalse();
        assertThat(DownTopics.isAlways(LAMP, TopicName.of(topic))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01/broadcast/request/7", "/ext/notify", "/ext/register", "/ext/regnwl",
        "/ext/auth/identity/response"})
    void someAreSentToEveryDevice(String topic) {
        assertThat(DownTopics.isAlways(LAMP, TopicName.of(topic))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/reboot",
        "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/#", "/sys/a1Qx7Lm2Zt9/lamp_01/#"})
    void aFilterMayNameAPartOrMore(String filter) {
        assertThat(DownTopics.isAutomatic(LAMP, new TopicFilter(filter))).isTrue();
    }

    /** None of these can be subscribed. */
    @ParameterizedTest
    @ValueSource(strings = {"#", "+/#", "/sys/#", "/sys/+/+/#", "/sys/a1Qx7Lm2Zt9/+/thing/service/+", "/ext/+/+/+/+",
        "/sys/a1Qx7Lm2Zt9/lamp_01", "/broadcast/a1Qx7Lm2Zt9/+"})
    void aFilterThatDoesNotSpellItsDeviceOutNamesNothing(String filter) {
        assertThat(DownTopics.isAutomatic(LAMP, new TopicFilter(filter))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyFilterOfTheTableNamesWhatIsAutomatic(String filter) {
        assertThat(DownTopics.isAutomatic(LAMP, new TopicFilter(filter)))
                .isEqualTo(DownTopics.isAutomatic(LAMP, TopicName.of(filter.replace("+", "1"))));
    }

    @Test
    void aFilterThatIsTooLongForASystemTopicNamesNothing() {
        String longest = "/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/" + "x".repeat(512 - 39);
        assertThat(DownTopics.isAutomatic(LAMP, new TopicFilter(longest))).isTrue();
        assertThat(DownTopics.isAutomatic(LAMP, new TopicFilter(longest + "x"))).isFalse();
    }

    @Test
    void aFilterOfAnotherDeviceNamesNothing() {
        assertThat(DownTopics.isAutomatic(OTHER, new TopicFilter("/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/+"))).isFalse();
    }
}
