package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a1Qx7Lm2Zt9", "Z", "0", "abcdefghijklmnopqrstuvwxyzABCDEF"})
    void aProductKeyIs1To32LettersAndDigits(String text) {
        assertThat(DeviceKey.isProductKey(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a_b", "a-b", "a/b", "a&b", "a b", "ä", "١", "abcdefghijklmnopqrstuvwxyzABCDEFG"})
    void nothingElseIsAProductKey(String text) {
        assertThat(DeviceKey.isProductKey(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcd", "lamp_01", "-_@.:", "00:16:EA:AE:3C:40", "me@home.example",
            "abcdefghijklmnopqrstuvwxyz012345"})
    void aDeviceNameIs4To32LettersDigitsAndFiveSigns(String text) {
        assertThat(DeviceKey.isDeviceName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "a/bc", "a&bc", "a|bc", "a+bc", "a#bc", "a bc", "abcé", "abc\0",
            "abcdefghijklmnopqrstuvwxyz0123456"})
    void nothingElseIsADeviceName(String text) {
        assertThat(DeviceKey.isDeviceName(text)).isFalse();
    }

    @Test
    void existsOnlyWithTwoValidParts() {
        assertThat(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01")).hasToString("a1Qx7Lm2Zt9/lamp_01");
        assertThatThrownBy(() -> new DeviceKey("", "lamp_01")).hasMessage("not a product key");
        assertThatThrownBy(() -> new DeviceKey("a1Qx7Lm2Zt9", "abc")).hasMessage("not a device name");
    }
}
