package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.testing.Answers;
import io.thingport.mqtt.testing.FailureLog;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.Vector;
import io.thingport.mqtt.testing.Vector.Ending;
import io.thingport.mqtt.testing.Vectors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet vector has its answer and its end, however its bytes arrive; nothing fails and nothing leaks. */
class VectorsTest {

    /** In longer ones the cuts are no more, but farther apart. */
    private static final int CUTS_MAXIMUM = 200;

    static List<Vector> vectors() {
        return Vectors.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void inOneRead(Vector vector) {
        expect(vector, vector.sent().length);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void byteByByte(Vector vector) {
        expect(vector, 1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void inTwoReadsCutAnywhere(Vector vector) {
        int length = vector.sent().length;
        int step = 1 + length / CUTS_MAXIMUM;
        for (int cut = 1; cut < length; cut += step) {
            expect(vector, cut);
        }
    }

    /** @param first the length of the first read; with 1 of every read, else what follows is one read */
    private static void expect(Vector vector, int first) {
        VectorHandler handler = new VectorHandler();
        try (FailureLog log = new FailureLog()) {
            EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);
            byte[] sent = vector.sent();
            for (int from = 0; from < sent.length;) {
                int to = first == 1 || from == 0 ? Math.min(sent.length, from + first) : sent.length;
                client.send(Arrays.copyOfRange(sent, from, to));
                from = to;
            }
            String expected = Packets.hex(vector.answer());
            if (vector.ending() == Ending.OPEN) {
                client.send(Packets.PINGREQ);
                expected += Packets.PINGRESP;
            }
            byte[] received = Packets.bytes(client.received());
            boolean closed = client.closed();
            client.closeAndExpectNoLeak();

            assertThat(Packets.hex(Answers.withoutReasonStrings(received, vector.version()))).isEqualTo(expected);
            assertThat(closed).as("closed by the server").isEqualTo(vector.ending() == Ending.CLOSED);
            assertThat(handler.closed).as("calls of closed").isEqualTo(handler.connects);
        }
    }
}
