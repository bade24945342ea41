package io.thingport.bench;

import io.thingport.bench.FuzzAnswers.BrokenAnswer;
import io.thingport.bench.FuzzAnswers.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A well-formed conversation on a new connection, in which every packet is answered as it has to be. */
final class FuzzDialogue {

    private static final int BURST = 8;
    private static final int BURSTS = 8;

    private final RandomGenerator random;
    private final int level;
    private final FuzzPackets packets;
    private final FuzzAnswers answers;
    private final Output output;
    private final String[] topics;
    private final Set<String> subscribed = new HashSet<>();
    private int packetId;

    /** Where packets go. */
    interface Output {
        void send(byte[] bytes) throws IOException;
    }

    FuzzDialogue(RandomGenerator random, Fleet.Device device, int level, InputStream in, Output output) {
        this.random = random;
        this.level = level;
        this.packets = new FuzzPackets(random, device, level, 0);
        this.answers = new FuzzAnswers(in, level, device);
        this.output = output;
        this.topics = new String[] {device.topic("user/echo"), device.topic("user/update")};
    }

    /** @throws BrokenAnswer when an answer is missing or another one comes */
    void run() throws IOException {
        output.send(packets.connect(true, BURST * BURSTS)); // fewer would come more slowly
        Packet connack = next();
        expect(connack.type() == FuzzAnswers.CONNACK && connack.code() == 0, "CONNACK", connack);
        for (int i = random.nextInt(BURSTS); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> subscribe();
                case 1 -> unsubscribe();
                case 2 -> ping();
                default -> publish();
            }
        }
        ping();
    }

    private void subscribe() throws IOException {
        int id = nextId();
        output.send(packets.subscribe(id, topics[0]));
        Packet answer = next();
        expect(answer.type() == FuzzAnswers.SUBACK && answer.packetId() == id && answer.code() == 1, "SUBACK " + id, answer);
        subscribed.add(topics[0]);
    }

    private void unsubscribe() throws IOException {
        int id = nextId();
        output.send(packets.unsubscribe(id, topics[0]));
        Packet answer = next();
        expect(answer.type() == FuzzAnswers.UNSUBACK && answer.packetId() == id
                && answer.code() == (level == 5 && !subscribed.contains(topics[0]) ? 0x11 : 0), "UNSUBACK " + id, answer);
        subscribed.remove(topics[0]);
    }

    private void ping() throws IOException {
        output.send(FuzzPackets.hex("c000"));
        Packet answer = next();
        expect(answer.type() == FuzzAnswers.PINGRESP, "PINGRESP", answer);
    }

    /** A few at once; acknowledgements come in their order, and so do the messages of each QoS that come back. */
    private void publish() throws IOException {
        Deque<Integer> acknowledgements = new ArrayDeque<>();
        List<Deque<byte[]>> echoes = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        ByteArrayOutputStream burst = new ByteArrayOutputStream();
        for (int i = random.nextInt(BURST); i >= 0; i--) {
            String topic = topics[random.nextInt(topics.length)];
            byte[] payload = packets.payload();
            int id = random.nextBoolean() ? nextId() : 0;
            if (id != 0) {
                acknowledgements.add(id);
            }
            if (subscribed.contains(topic)) {
                echoes.get(id == 0 ? 0 : 1).add(payload);
            }
            burst.writeBytes(packets.publish(topic, id, payload));
        }
        output.send(burst.toByteArray());
        while (!acknowledgements.isEmpty() || !echoes.get(0).isEmpty() || !echoes.get(1).isEmpty()) {
            Packet answer = next();
            if (answer.type() == FuzzAnswers.PUBACK && !acknowledgements.isEmpty()) {
                int id = acknowledgements.remove();
                expect(answer.packetId() == id && answer.code() == 0, "PUBACK " + id, answer);
            } else {
                Deque<byte[]> expected = echoes.get(answer.qos());
                expect(answer.type() == FuzzAnswers.PUBLISH && !expected.isEmpty()
                        && Arrays.equals(answer.payload(), expected.remove()), "a message that was sent", answer);
                if (answer.qos() == 1) {
                    output.send(packets.acknowledge(answer.packetId()));
                }
            }
        }
    }

    private Packet next() throws IOException {
        return answers.next().orElseThrow(() -> new BrokenAnswer("the server closed in a well-formed conversation"));
    }

    private int nextId() {
        packetId += 1 + random.nextInt(3000);
        return packetId % 65_535 + 1;
    }

    private static void expect(boolean holds, String expected, Packet came) {
        if (!holds) {
            throw new BrokenAnswer("instead of " + expected + " the server sent " + came);
        }
    }
}
