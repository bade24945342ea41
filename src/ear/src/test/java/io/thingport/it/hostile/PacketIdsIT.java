package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One packet identifier again and again, none at all, acknowledgements of what was never sent. */
class PacketIdsIT extends Unnoticed {

    private static final int MANY = 5000;

    /** A publish whose identifier is still open is a repetition: never more PUBACKs than publishes, and all go on. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void onePublishAgainAndAgain(int level, ThingportServer server) throws Exception {
        byte[] publish = RawConnection.publish(level, 0b0010, device.topic("user/update"), 7, "x");
        PacketBytes many = PacketBytes.packet(0);
        for (int i = 0; i < MANY; i++) {
            many.raw(publish);
        }
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(many.body()).send("c0 00");
            int acknowledgements = 0;
            String packet = raw.readPacket();
            while (packet.startsWith("40 02 00 07")) {
                acknowledgements++;
                packet = raw.readPacket();
            }
            assertThat(packet).isEqualTo("d0 00");
            assertThat(acknowledgements).isBetween(1, MANY);
        }
    }

    /** Each is answered. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void oneSubscribeAgainAndAgain(int level, ThingportServer server) throws Exception {
        byte[] subscribe = RawConnection.subscribe(level, 1, device.topic("user/both"));
        PacketBytes many = PacketBytes.packet(0);
        for (int i = 0; i < 50; i++) {
            many.raw(subscribe);
        }
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(many.body());
            for (int i = 0; i < 50; i++) {
                assertThat(raw.readPacket()).matches("90 .. 00 0a( 00)? 01");
            }
            expectAlive(raw);
        }
    }

    /** An identifier that is not in use is passed over, as a late acknowledgement would be. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void acknowledgementsOfNothing(int level, ThingportServer server) throws Exception {
        PacketBytes many = PacketBytes.packet(0);
        for (int i = 1; i < 65_536; i++) {
            many.bytes(0x40, 2).number(i);
        }
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(many.body());
            expectAlive(raw);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,32", "4,32", "5,32", "3,82", "4,82", "5,82", "4,a2", "5,a2"})
    void packetIdentifierZeroCloses(int level, String first, ThingportServer server) throws Exception {
        PacketBytes packet = PacketBytes.packet(Integer.parseInt(first, 16));
        if (first.equals("32")) {
            packet.text(device.topic("user/update")).number(0).noProperties(level);
        } else {
            packet.number(0).noProperties(level).text(device.topic("user/both"));
            if (first.equals("82")) {
                packet.bytes(1);
            }
        }
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(packet.build());
            expectClosed(raw, level, "8[12]");
        }
    }

    /** 3.x has no word for more than the window: the rest is not acknowledged, or comes to be. 5.0 is told. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void moreOpenPublishesThanTheWindow(int level, ThingportServer server) throws Exception {
        PacketBytes many = PacketBytes.packet(0);
        for (int i = 1; i <= 1000; i++) {
            many.raw(RawConnection.publish(level, 0b0010, device.topic("user/update"), i, "x"));
        }
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(many.body()).send("c0 00");
            int last = 0;
            String packet = raw.readPacket();
            while (packet.startsWith("40 ")) {
                int id = Integer.parseInt(packet.substring(6, 8) + packet.substring(9, 11), 16);
                assertThat(id).isGreaterThan(last);
                last = id;
                packet = raw.readPacket();
            }
            assertThat(packet).matches(level == 5 ? "d0 00|e0 .. 93 .*" : "d0 00");
        }
    }
}
