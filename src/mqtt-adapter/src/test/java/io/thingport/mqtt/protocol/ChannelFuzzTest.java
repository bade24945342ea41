package io.thingport.mqtt.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Jazzer on the state of an accepted connection; it begins with what the packet vectors do. */
class ChannelFuzzTest {

    static Stream<byte[]> seeds() {
        return Fuzzing.scripts();
    }

    @MethodSource("seeds")
    @FuzzTest
    void whateverClientAndApplicationDoNothingFails(byte[] input) {
        Fuzzing.anAcceptedConnection(input);
    }
}
