package io.thingport.mqtt.protocol;

import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.bytes;
import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.connect5;
import static io.thingport.mqtt.testing.Packets.packet;
import static io.thingport.mqtt.testing.Packets.properties;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.publish5;
import static io.thingport.mqtt.testing.Packets.string;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static io.thingport.mqtt.testing.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.testing.FailureLog;
import io.thingport.mqtt.testing.RecordingHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever bytes come, however they are split: the channel goes on or closes; nothing fails and nothing leaks. */
class AnyBytesTest {

    private FailureLog log;

    @BeforeTry
    void listen() {
        log = new FailureLog();
    }

    @AfterTry
    void nothingFailed() {
        log.close();
    }

    @Property(tries = 1_000)
    void randomBytes(@ForAll @Size(max = 100) byte[] bytes, @ForAll long splits) {
        expectSurvival(bytes, splits);
    }

    @Property(tries = 1_000)
    void randomBytesBehindConnect(@ForAll MqttVersion version, @ForAll @Size(max = 100) byte[] bytes,
            @ForAll long splits) {
        expectSurvival(concat(bytes(connect(version)), bytes), splits);
    }

    /** A right fixed header gets random bytes further than chance alone would. */
    @Property(tries = 3_000)
    void randomPacketsBehindConnect(@ForAll MqttVersion version, @ForAll @IntRange(max = 255) int firstByte,
            @ForAll @Size(max = 60) byte[] body, @ForAll long splits) {
        expectSurvival(concat(bytes(connect(version)), concat(new byte[] {(byte) firstByte, (byte) body.length}, body)),
                splits);
    }

    @Property(tries = 5_000)
    void mutatedPackets(@ForAll("mutatedConversations") byte[] bytes, @ForAll long splits) {
        expectSurvival(bytes, splits);
    }

    @Property(tries = 1_000)
    void splittingChangesNothing(@ForAll MqttVersion version, @ForAll long splits, @ForAll boolean acceptedLater) {
        byte[] conversation = bytes(String.join("", conversation(version)));

        String whole = answers(conversation, List.of(), acceptedLater);

        assertThat(answers(conversation, splits(conversation.length, new Random(splits)), acceptedLater)).isEqualTo(whole);
        assertThat(whole).contains("D000").endsWith("D000");
    }

    @Provide
    Arbitrary<byte[]> mutatedConversations() {
        return Arbitraries.of(MqttVersion.class).flatMap(version -> Arbitraries.longs().map(
                seed -> mutated(conversation(version), new Random(seed))));
    }

    private void expectSurvival(byte[] bytes, long splits) {
        RecordingHandler handler = new RecordingHandler();
        EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);
        sendSplit(client, bytes, splits(bytes.length, new Random(splits)));
        boolean closedByServer = client.closed();
        String received = client.received();

        client.closeAndExpectNoLeak();

        assertThat(handler.closed).hasSameSizeAs(handler.connects);
        expectWholePackets(received);
        if (!closedByServer && !handler.closed.isEmpty()) {
            assertThat(handler.closed.element().why().cause()).isEqualTo(Cause.CONNECTION_LOST);
        }
    }

    private static String answers(byte[] bytes, List<Integer> splits, boolean acceptedLater) {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void connect(MqttChannel channel, Connect connect) {
                if (acceptedLater) {
                    channel.loop().schedule(0, TimeUnit.MILLISECONDS, () -> super.connect(channel, connect));
                } else {
                    super.connect(channel, connect);
                }
            }
        };
        EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);
        sendSplit(client, bytes, splits);
        client.passTime(Duration.ofMillis(100));
        String received = client.received();
        client.closeAndExpectNoLeak();
        return received;
    }

    private static void sendSplit(EmbeddedClient client, byte[] bytes, List<Integer> splits) {
        int from = 0;
        for (int split : splits) {
            client.read(Arrays.copyOfRange(bytes, from, split));
            if (split % 3 != 0) { // else two reads are one turn
                client.run();
            }
            from = split;
        }
        client.send(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static List<Integer> splits(int length, Random random) {
        int count = random.nextInt(6) == 0 ? length : random.nextInt(6);
        return random.ints(count, 0, length + 1).sorted().distinct().boxed().toList();
    }

    private static void expectWholePackets(String received) {
        byte[] bytes = bytes(received);
        int position = 0;
        while (position < bytes.length) {
            int length = 0;
            int shift = 0;
            int b;
            do {
                b = bytes[++position];
                length |= (b & 0x7F) << shift;
                shift += 7;
            } while (b < 0);
            position += 1 + length;
        }
        assertThat(position).isEqualTo(bytes.length);
    }

    /** Every packet of a client, with every property of 5.0. */
    private static List<String> conversation(MqttVersion version) {
        List<String> packets = new ArrayList<>(List.of(connect(version), subscribe(version, 1, "a", "b/#"),
                publish(version, "a", "x"), publish1(version, 2, "b/c", "y"), puback(1), unsubscribe(version, 3, "a")));
        if (version == MqttVersion.V5) {
            String userProperty = "26" + string("k") + string("v");
            packets.set(0, connect5("11 00000010", "21 0010", "27 00010000", "22 000A", "19 01", "17 01", userProperty,
                    "15" + string("m"), "16 0001 00"));
            packets.add(packet(0x82, "0004" + properties(userProperty) + string("a") + "01" + string("c") + "2D"));
            packets.add(publish5("a", "z", "01 01", "02 00000010", "23 0001", "08" + string("r"), "09 0002 0102",
                    userProperty, "03" + string("t")));
            packets.add(publish5("", "z", "23 0001"));
            packets.add(packet(0x40, "0002 00" + properties("1F" + string("r"), userProperty)));
        }
        packets.add(packet(0x3A, string("b/c") + "0009" + (version == MqttVersion.V5 ? "00" : "")));
        packets.add(PINGREQ);
        return packets;
    }

    /** Changes, removes, doubles or inserts a few bytes or packets. */
    private static byte[] mutated(List<String> conversation, Random random) {
        List<String> packets = new ArrayList<>(conversation);
        if (random.nextBoolean()) {
            packets.add(1 + random.nextInt(packets.size()), packets.get(random.nextInt(packets.size())));
        }
        byte[] bytes = bytes(String.join("", packets));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
                case 3 -> bytes = concat(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
                default -> bytes = concat(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at - at % 2, bytes.length));
            }
        }
        return bytes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
