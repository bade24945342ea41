package io.thingport.platform.rrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTopicsTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");

    @Test
    void theSystemFormHasATopicForEachDirection() {
        assertThat(CallTopics.systemRequest(LAMP, 5)).hasToString("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/5");
        assertThat(CallTopics.systemReply(LAMP, 5)).hasToString("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/5");
    }

    @Test
    void theCustomFormPutsTheIdInFrontWithASingleSlash() {
        assertThat(CallTopics.custom(TopicName.of("/a1Qx7Lm2Zt9/lamp_01/user/get"), 889455942124347392L))
                .hasToString("/ext/rrpc/889455942124347392/a1Qx7Lm2Zt9/lamp_01/user/get");
    }

    @ParameterizedTest
    @CsvSource({"/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/1339116017494043136, 1339116017494043136",
            "/ext/rrpc/7/a1Qx7Lm2Zt9/lamp_01/user/get, 7", "/ext/rrpc/7/sys/a1Qx7Lm2Zt9/lamp_01/thing/service/x, 7"})
    void aReplyCarriesTheIdOfItsCall(String topic, long id) {
        assertThat(CallTopics.isReply(address(topic))).isTrue();
        assertThat(CallTopics.replyId(address(topic))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/", "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/x",
            "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/-1", "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/1/2",
            "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/9999999999999999999",
            "/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/10000000000000000000", "/ext/rrpc//a1Qx7Lm2Zt9/lamp_01/user/get"})
    void anythingElseInThePlaceOfTheIdIsUnknown(String topic) {
        assertThat(CallTopics.replyId(address(topic))).isEqualTo(CallTopics.UNKNOWN_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/request/5", "/sys/a1Qx7Lm2Zt9/lamp_01/thing/event/x/post",
            "/a1Qx7Lm2Zt9/lamp_01/rrpc/response/5"})
    void otherTopicsCarryNoReply(String topic) {
        assertThat(CallTopics.isReply(address(topic))).isFalse();
    }

    private static TopicAddress address(String topic) {
        return TopicAddress.of(TopicName.of(topic)).orElseThrow();
    }
}
