package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixed headers, lengths and packet types that no client may send. */
class FramesIT extends Unnoticed {

    private static final int PACKET_MAXIMUM = 262_144;

    @ParameterizedTest
    @CsvSource({"4,c0 80 80 80 80 00", "5,c0 80 80 80 80 00", "4,30 ff ff ff ff 7f", "5,30 ff ff ff ff 7f"})
    void remainingLengthOfFiveBytes(int level, String hex, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(hex);
            expectClosed(raw, level, "81");
        }
    }

    /** It is judged by its fixed header. */
    @ParameterizedTest
    @CsvSource({"4,30", "5,30", "4,82", "5,82", "4,40", "5,40", "4,e0", "5,e0"})
    void largestRemainingLength(int level, String first, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(first + " ff ff ff 7f");
            expectClosed(raw, level, "95");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void packetOfTheLargestSizePasses(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            byte[] publish = publishOfSize(PACKET_MAXIMUM, level, device.topic("user/both"));
            raw.send(RawConnection.subscribe(level, 0, device.topic("user/both"))).readPacket();
            raw.send(publish);
            assertThat(raw.readPacketBytes()).isEqualTo(publish);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void oneByteMoreCloses(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(Arrays.copyOf(publishOfSize(PACKET_MAXIMUM + 1, level, device.topic("user/both")), 4));
            expectClosed(raw, level, "95");
        }
    }

    /** A packet of no length, where one is needed. */
    @ParameterizedTest
    @CsvSource({"4,30", "4,32", "4,40", "4,82", "4,a2", "5,30", "5,32", "5,40", "5,82", "5,a2"})
    void emptyPacket(int level, String first, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(first + " 00");
            expectClosed(raw, level, "8[12]");
        }
    }

    /** CONNACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, the types 0 and 15. */
    @ParameterizedTest
    @CsvSource({"3,20", "3,50", "3,62", "3,70", "3,90", "3,b0", "3,d0", "3,00", "3,f0",
            "4,20", "4,50", "4,62", "4,70", "4,90", "4,b0", "4,d0", "4,00", "4,f0",
            "5,20", "5,50", "5,62", "5,70", "5,90", "5,b0", "5,d0", "5,00", "5,f0"})
    void packetThatAClientDoesNotSend(int level, String first, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(first + " 02 00 01");
            expectClosed(raw, level, "8[12]");
        }
    }

    private static byte[] publishOfSize(int size, int level, String topic) {
        int around = PacketBytes.packet(0x30).text(topic).noProperties(level).body().length + 4;
        byte[] publish = RawConnection.publish(level, 0, topic, 0, "x".repeat(size - around));
        assertThat(publish).hasSize(size);
        return publish;
    }
}
