package io.thingport.mqtt.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is fuzzed, for a short while and always the same: packet vectors with a few bytes or pieces changed. */
class MutatedVectorsTest {

    private static final List<byte[]> CONVERSATIONS = Fuzzing.conversations().toList();
    private static final List<byte[]> SCRIPTS = Fuzzing.scripts().toList();

    @Test
    void vectorsAsTheyAre() {
        CONVERSATIONS.forEach(Fuzzing::fromTheFirstByte);
        SCRIPTS.forEach(Fuzzing::anAcceptedConnection);
    }

    @Property(tries = 20_000, seed = "1")
    void fromTheFirstByte(@ForAll long seed) {
        Fuzzing.fromTheFirstByte(mutated(CONVERSATIONS, new Random(seed)));
    }

    @Property(tries = 20_000, seed = "1")
    void anAcceptedConnection(@ForAll long seed) {
        Fuzzing.anAcceptedConnection(mutated(SCRIPTS, new Random(seed)));
    }

    private static byte[] mutated(List<byte[]> seeds, Random random) {
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
                case 3 -> bytes = Fuzzing.concat(head,
                        Arrays.copyOfRange(tail, Math.min(tail.length, 1 + random.nextInt(8)), tail.length));
                case 4 -> bytes = Fuzzing.concat(Fuzzing.concat(head, new byte[] {(byte) random.nextInt(256)}), tail);
                default -> {
                    byte[] other = seeds.get(random.nextInt(seeds.size()));
                    bytes = Fuzzing.concat(head, Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
                }
            }
            if (bytes.length == 0) {
                return bytes;
            }
        }
        return bytes;
    }
}
