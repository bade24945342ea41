package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.registry.NamedDevice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameProblemsTest {

    @Test
    void namesThatCanBeUsedHaveNoProblem() {
        assertThat(NameProblems.of(List.of(named("lamp_1"), new NamedDevice("lamp_2", Optional.of("灯具"))))).isEmpty();
    }

    @Test
    void eachProblemIsToldInItsList() {
        IotException refusal = NameProblems.of(List.of(named("x"), new NamedDevice("lamp_1", Optional.of("y")),
                named("lamp_2"), named("lamp_2"))).orElseThrow().refusal();

        assertThat(refusal.error()).isEqualTo(IotError.INVALID_FORMATTED_DEVICE_NAME);
        assertThat(refusal.data().orElseThrow().toString()).isEqualTo("""
                {"InvalidDeviceNameList":{"InvalidDeviceName":["x"]},\
                "InvalidDeviceNicknameList":{"InvalidDeviceNickname":["y"]},\
                "RepeatedDeviceNameList":{"RepeatDevieNameList":["lamp_2"]},\
                "InvalidDetailList":{"InvalidDetailList":[\
                {"DeviceName":"x","ErrorMsg":"deviceName: 4 to 32 letters, digits and - _ @ . :"},\
                {"DeviceName":"lamp_1","NickName":"y","ErrorMsg":"nickname: 4 to 64 letters, digits, underscores or CJK \
                characters, which count twice"},\
                {"DeviceName":"lamp_2","ErrorMsg":"the name is there more than once"}]}}""");
    }

    @Test
    void theCodeSaysTheWorst() {
        assertThat(error(new NamedDevice("lamp_1", Optional.of("y")))).isEqualTo(IotError.INVALID_NICKNAME);
        assertThat(error(named("lamp_1"), named("lamp_1"))).isEqualTo(IotError.ALREADY_EXISTED_DEVICE_NAME);
    }

    private static IotError error(NamedDevice... named) {
        return NameProblems.of(List.of(named)).orElseThrow().refusal().error();
    }

    private static NamedDevice named(String name) {
        return new NamedDevice(name, Optional.empty());
    }
}
