package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.devicelog.LogDraft;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogEntryAnswerTest {

    private final LogDraft draft = new LogDraft(LogKind.PUBLISH_UP, 1_790_000_000_000L);

    @Test
    void theTimeIsInUtcWithMilliseconds() {
        assertThat(answer().time()).isEqualTo("2026-09-21T14:13:20.000Z");
    }

    @Test
    void theKindIsDashed() {
        assertThat(answer().kind()).isEqualTo("publish-up");
    }

    @Test
    void anEntryWithoutAFailureIsASuccess() {
        assertThat(answer().outcome()).isEqualTo("success");
        assertThat(answer().code()).isEqualTo(200);
    }

    @Test
    void aFailureHasItsCodeAndItsReason() {
        draft.failed(6600, "wrong signature");

        assertThat(answer().outcome()).isEqualTo("failure");
        assertThat(answer().code()).isEqualTo(6600);
        assertThat(answer().reason()).contains("wrong signature");
    }

    @Test
    void whatAMessageHasIsTold() {
        draft.device(new DeviceKey("a1AbCdEfGhI", "lamp_1")).topic("/t").qos(QoS.AT_LEAST_ONCE).size(7).messageId(1L << 60)
                .packetId(9).duration(Duration.ofMillis(12)).detail("clientId", "c")
                .userProperties(List.of(new UserProperty("k", "v")));
        LogEntryAnswer answer = answer();

        assertThat(answer.productKey()).contains("a1AbCdEfGhI");
        assertThat(answer.deviceName()).contains("lamp_1");
        assertThat(answer.topic()).contains("/t");
        assertThat(answer.qos()).isEqualTo(OptionalInt.of(1));
        assertThat(answer.size()).isEqualTo(OptionalInt.of(7));
        assertThat(answer.messageId()).contains("1152921504606846976");
        assertThat(answer.packetId()).isEqualTo(OptionalInt.of(9));
        assertThat(answer.durationMillis()).isEqualTo(OptionalLong.of(12));
        assertThat(answer.details()).isEqualTo(Map.of("clientId", "c"));
        assertThat(answer.userProperties().orElseThrow()).containsExactly(new LogEntryAnswer.LogProperty("k", "v"));
    }

    @Test
    void whatThereIsNotIsAbsent() {
        assertThat(answer().userProperties()).isEmpty();
        assertThat(answer().messageId()).isEmpty();
        assertThat(answer().payload()).isEmpty();
        assertThat(answer().payloadBase64()).isEmpty();
    }

    @Test
    void aPayloadIsTextOrBase64() {
        draft.payload("on".getBytes(StandardCharsets.UTF_8));
        assertThat(answer().payload()).contains("on");
        assertThat(answer().payloadBase64()).isEqualTo(Optional.empty());
        draft.payload(new byte[] {-1});
        assertThat(answer().payload()).isEmpty();
        assertThat(answer().payloadBase64()).contains("/w==");
    }

    private LogEntryAnswer answer() {
        return LogEntryAnswer.of(new LogLine(1, draft.entry()));
    }
}
