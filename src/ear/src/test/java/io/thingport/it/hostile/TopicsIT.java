package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics made to be expensive, ambiguous or somebody else's. */
class TopicsIT extends Unnoticed {

    private static final String REFUSED = "80|87|8f|9e";

    @ParameterizedTest
    @CsvSource({"3,/", "4,/", "5,/", "4,+/", "5,+/", "4,a/", "5,a/"})
    void filterOf65000Levels(int level, String part, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.subscribe(level, 1, part.repeat(65_000 / part.length())));
            assertThat(raw.readPacket()).matches("90 .. 00 0a( 00)? (" + REFUSED + ")");
            expectAlive(raw);
        }
    }

    /** As many filters as fit into one packet: all refused, one by one. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void tensOfThousandsOfFilters(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.subscribe(level, 0, IntStream.range(0, 50_000).mapToObj(i -> "/")
                    .toArray(String[]::new)));
            byte[] answer = raw.readPacketBytes();
            assertThat(answer[0]).isEqualTo((byte) 0x90);
            assertThat(answer.length).isGreaterThan(50_000);
            expectAlive(raw);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,/", "4,/", "5,/", "4,/a", "5,/a"})
    void topicOf65000LevelsIsAcknowledgedAndDropped(int level, String part, ThingportServer server)
            throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.publish(level, 0b0010, part.repeat(65_000 / part.length()), 3, "x"));
            assertThat(raw.readPacket()).matches(level == 5 ? "40 0[34] 00 03 90.*" : "40 02 00 03");
            expectAlive(raw);
        }
    }

    /** Levels below the device's own. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void deepTopicOfTheDeviceItself(int level, ThingportServer server) throws Exception {
        String deep = device.topic("user/deep" + "/d".repeat(40));
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.subscribe(level, 1, deep));
            assertThat(raw.readPacket()).matches("90 .. 00 0a( 00)? (80|8f)");
            raw.send(RawConnection.publish(level, 0b0010, deep, 3, "x"));
            assertThat(raw.readPacket()).matches(level == 5 ? "40 0[34] 00 03 90.*" : "40 02 00 03");
            expectAlive(raw);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void emptyTopicCloses(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.publish(level, 0, "", 0, "x"));
            expectClosed(raw, level, "82");
        }
    }

    @ParameterizedTest
    @CsvSource({"3,+", "4,#", "5,#", "4,/a/+/b", "5,/a/+/b", "4,/a#", "5,/a#", "4,a\u0000b", "5,a\u0000b"})
    void wildcardOrNulInATopicNameCloses(int level, String topic, ThingportServer server)
            throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(RawConnection.publish(level, 0, topic, 0, "x"));
            expectClosed(raw, level, "(81|90)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "/#", "/+/+/user/get", "$SYS/#", "$SYS/broker/clients", "$queue/a", "$share/g/#",
            "$share/g", "$share//x", "/$SYS/#", "/+", "//", "/sys/+/+/thing/#", "/sys/#", "/ext/rrpc/+/+/+/user/get",
            "/broadcast/#", "/as/mqtt/#", "/as/mqtt/status/+/+"})
    void filterBeyondTheDeviceIsRefused(String filter, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, 4, device)) {
            raw.send(RawConnection.subscribe(4, 1, filter, device.topic("user/both")));
            assertThat(raw.readPacket()).isEqualTo("90 04 00 0a 80 01");
            expectAlive(raw);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "///", "$SYS/broker", "$share/g/a", "/as/mqtt/status/a/b", "/broadcast/all",
            "/sys/a/b/thing", "/ext/notify", "/ext/register", " ", "\uFEFF", "../user/update"})
    void topicBeyondTheDeviceIsAcknowledgedAndDropped(String topic, ThingportServer server)
            throws Exception {
        try (RawConnection raw = connected(server, 4, device)) {
            raw.send(RawConnection.publish(4, 0b0010, topic, 3, "x"));
            assertThat(raw.readPacket()).isEqualTo("40 02 00 03");
            expectAlive(raw);
        }
    }

    /** Surrogates, overlong forms, a torn character, bytes that UTF-8 does not have. */
    @ParameterizedTest
    @CsvSource({"4,eda080", "5,eda080", "4,c080", "5,c080", "4,e28082c3", "5,e282", "4,ff", "5,fe",
            "4,f8888080af", "5,f4908080"})
    void illFormedUtf8Closes(int level, String hex, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(PacketBytes.packet(0x30).number(hex.length() / 2).hex(hex).noProperties(level).build());
            expectClosed(raw, level, "(81|90)");
        }
    }

    /** A filter of no length, and one that goes beyond its packet. */
    @ParameterizedTest
    @CsvSource({"4,82,000a000001", "5,82,000a00000001", "4,82,000affff2f01", "5,82,000a00ffff2f01", "4,a2,000a0000",
            "5,a2,000a000000"})
    void filterOfNoLengthOrTooLongForItsPacket(int level, String first, String body, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.send(PacketBytes.packet(Integer.parseInt(first, 16)).hex(body).build());
            String answer = raw.readPacket();
            if (!answer.isEmpty() && !answer.startsWith("e0")) {
                assertThat(answer).matches("90 .. 00 0a( 00)? (80|8f)|b0 .. 00 0a.*");
                expectAlive(raw);
            }
        }
    }
}
