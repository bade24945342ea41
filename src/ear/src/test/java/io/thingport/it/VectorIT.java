package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.testing.Answers;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.Vector;
import io.thingport.mqtt.testing.Vector.Ending;
import io.thingport.mqtt.testing.Vectors;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet vector has its answer and its end from the running server, however its bytes arrive. */
@Tag("once")
@ExtendWith(SharedServer.class)
class VectorIT {

    /** What follows in a longer vector is sent at once. */
    private static final int SINGLE_BYTES = 1_000;

    static List<Vector> vectors() {
        return Vectors.all();
    }

    /** Makes the one device of all vectors. */
    @BeforeAll
    static void device(Rest rest, Fleet fleet) {
        rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Vectors").add("productKey", "vectors")
                .build()).ok();
        Map.of("user/a", "ALL", "user/b", "ALL", "user/#", "SUB")
                .forEach((suffix, operation) -> fleet.topicClass("vectors", suffix, operation));
        rest.post("/api/v1/products/vectors/devices", Json.createObjectBuilder().add("deviceName", "dev1")
                .add("deviceSecret", "VectorsDeviceSecretVectorsSecret").build()).ok();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void inOnePiece(Vector vector, ThingportServer server) throws Exception {
        expect(vector, 0, server);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void byteByByte(Vector vector, ThingportServer server) throws Exception {
        expect(vector, SINGLE_BYTES, server);
    }

    private static void expect(Vector vector, int singleBytes, ThingportServer server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.mqttPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Deadline.ANSWER.toMillis());
            send(socket, vector, singleBytes);
            String expected = Packets.hex(vector.answer());
            if (vector.ending() == Ending.OPEN) {
                socket.getOutputStream().write(Packets.bytes(Packets.PINGREQ));
                expected += Packets.PINGRESP;
            }
            byte[] answer = vector.ending() == Ending.CLOSED
                    ? Answers.withoutReasonStrings(toTheEnd(socket), vector.version())
                    : socket.getInputStream().readNBytes(expected.length() / 2);
            assertThat(Packets.hex(answer)).isEqualTo(expected);
        }
    }

    private static void send(Socket socket, Vector vector, int singleBytes) throws IOException {
        byte[] bytes = vector.sent();
        OutputStream out = socket.getOutputStream();
        int single = Math.min(bytes.length, singleBytes);
        try {
            for (int i = 0; i < single; i++) {
                out.write(bytes, i, 1);
            }
            out.write(bytes, single, bytes.length - single);
        } catch (SocketException closed) {
            if (vector.ending() != Ending.CLOSED) {
                throw closed;
            }
        }
    }

    private static byte[] toTheEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException reset) {
            // an end all the same
        }
        return all.toByteArray();
    }
}
