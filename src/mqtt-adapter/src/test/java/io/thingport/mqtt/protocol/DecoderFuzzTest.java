package io.thingport.mqtt.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Jazzer on the decoder; it begins with the packet vectors. */
class DecoderFuzzTest {

    static Stream<byte[]> seeds() {
        return Fuzzing.conversations();
    }

    @MethodSource("seeds")
    @FuzzTest
    void whateverComesFromTheFirstByteOnNothingFails(byte[] input) {
        Fuzzing.fromTheFirstByte(input);
    }
}
