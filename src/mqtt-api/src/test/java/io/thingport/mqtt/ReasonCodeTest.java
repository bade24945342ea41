package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonCodeTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsByte(ReasonCode reason) {
        assertThat(ReasonCode.of(reason.code())).isSameAs(reason);
        assertThat(ReasonCode.of((byte) reason.code())).isSameAs(reason);
    }

    @Test
    void anUnknownByteIsAnErrorByItsTopBit() {
        assertThat(ReasonCode.of(0xA3)).isSameAs(ReasonCode.UNSPECIFIED_ERROR);
        assertThat(ReasonCode.of(0x77)).isSameAs(ReasonCode.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void isAnErrorFrom0x80On(ReasonCode reason) {
        assertThat(reason.isError()).isEqualTo(reason.code() >= 0x80);
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorHasAReturnCodeOf3x(ReasonCode reason) {
        assertThat(reason.connectReturnCode()).isBetween(reason.isError() ? 1 : 0, reason.isError() ? 5 : 0);
    }

    @ParameterizedTest
    @CsvSource({"UNSUPPORTED_PROTOCOL_VERSION,1", "CLIENT_IDENTIFIER_NOT_VALID,2", "IMPLEMENTATION_SPECIFIC_ERROR,2",
            "SERVER_UNAVAILABLE,3", "SERVER_BUSY,3", "CONNECTION_RATE_EXCEEDED,3", "BAD_USER_NAME_OR_PASSWORD,4",
            "NOT_AUTHORIZED,5"})
    void tells3xDevicesWhatTheyKnow(ReasonCode reason, int returnCode) {
        assertThat(reason.connectReturnCode()).isEqualTo(returnCode);
    }
}
