package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.Vector;
import io.thingport.mqtt.testing.Vectors;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What is fuzzed: the meaning of an input of chance, and inputs to begin with. */
final class Fuzzing {

    private static final MqttVersion[] VERSIONS = MqttVersion.values();

    private Fuzzing() {
    }

    /** From the first byte on: the input's first byte says how the others arrive (0: at once, else so many at a time). */
    static void fromTheFirstByte(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int step = input[0] == 0 ? input.length : input[0] & 0xFF;
        VectorHandler handler = new VectorHandler();
        try (FuzzedClient client = new FuzzedClient(handler)) {
            for (int from = 1; from < input.length; from += step) {
                client.send(Arrays.copyOfRange(input, from, Math.min(input.length, from + step)), from % 3 != 0);
            }
            client.leave();
            assertThat(handler.closed).as("calls of closed").isEqualTo(handler.connects);
        }
    }

    static Stream<byte[]> conversations() {
        return Vectors.all().stream().map(Vector::sent)
                .filter(sent -> sent.length < FuzzedClient.SETTINGS.packetMaximum())
                .flatMap(sent -> Stream.of(concat(new byte[] {0}, sent), concat(new byte[] {7}, sent)));
    }

    /**
     * A client of each version and its application: the first byte says which, the others are what they do one after the
     * other, each the operation in its low four bits and its argument in the high ones.
     */
    static void anAcceptedConnection(byte[] input) {
        if (input.length == 0) {
            return;
        }
        MqttVersion version = VERSIONS[(input[0] & 0x7F) % VERSIONS.length];
        FuzzedApplication application = new FuzzedApplication(input[0] >= 0);
        try (FuzzedClient client = new FuzzedClient(application)) {
            client.send(Packets.bytes(version == MqttVersion.V5
                    ? Packets.connect5("22 0002", "21 0002", "27 00000200") : Packets.connect(version)), true);
            new Script(input, version, client, application).play();
            client.leave();
            assertThat(application.isClosed()).isTrue();
        }
    }

    static Stream<byte[]> scripts() {
        return Vectors.all().stream().map(Fuzzing::script).filter(script -> script.length > 0);
    }

    /** What the vector sends behind CONNECT, and then a little of everything. */
    private static byte[] script(Vector vector) {
        byte[] sent = vector.sent();
        int connect = sent.length < 2 || sent[1] < 0 ? sent.length : 2 + sent[1];
        int rest = sent.length - connect;
        if (rest < 1 || rest > 255) {
            return new byte[0];
        }
        byte[] head = {(byte) vector.version().ordinal(), 0x00, (byte) rest};
        byte[] tail = {0x09, 0x0B, 0x28, 0x27, 0x1F, 0x0C, 0x1C, 0x0D};
        return concat(concat(head, Arrays.copyOfRange(sent, connect, sent.length)), tail);
    }

    static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Plays an input of operations. */
    private static final class Script {

        private static final List<TopicName> TOPICS = List.of(TopicName.of("/first/topic"), TopicName.of("/second/topic"),
                TopicName.of("/third/topic"), TopicName.of("a"));
        private static final PublishProperties PROPERTIES = new PublishProperties(OptionalInt.of(1),
                PublishProperties.NONE.messageExpiry(), Optional.of("t"), PublishProperties.NONE.responseTopic(),
                Optional.of(new byte[] {1, 2}), List.of());

        private final byte[] input;
        private final MqttVersion version;
        private final FuzzedClient client;
        private final FuzzedApplication application;
        private int position = 1;

        Script(byte[] input, MqttVersion version, FuzzedClient client, FuzzedApplication application) {
            this.input = input;
            this.version = version;
            this.client = client;
            this.application = application;
        }

        void play() {
            while (position < input.length) {
                int operation = next();
                play(operation & 0x0F, operation >> 4);
            }
        }

        private void play(int operation, int argument) {
            switch (operation) {
                case 0, 1, 2 -> client.send(take(next()), argument % 2 == 0);
                case 3 -> client.send(Packets.bytes(Packets.puback(next())), argument % 2 == 0);
                case 4 -> client.send(Packets.bytes(Packets.publish1(version, 1 + next(), "/own/topic", "payload")),
                        argument % 2 == 0);
                case 5 -> client.send(Packets.bytes(Packets.publish(version, "/own/" + argument, "payload")), true);
                case 6 -> client.send(Packets.bytes(Packets.subscribe(version, 1 + next(), "/own/#")), true);
                case 7 -> send(argument, false);
                case 8 -> send(argument, true);
                case 9 -> application.settle(argument, false);
                case 10 -> application.settle(argument, true);
                case 11 -> application.reply();
                case 12 -> client.reading(argument % 2 == 1);
                case 13 -> client.passTime(Duration.ofMillis(argument * 100L));
                case 14 -> decide(argument);
                default -> client.send(Packets.bytes(Packets.PINGREQ), argument % 2 == 0);
            }
            if (operation >= 7 && operation <= 11 || operation == 14) {
                client.run();
            }
        }

        private void decide(int argument) {
            if (argument == 1) {
                application.close();
            } else if (argument == 2) {
                application.refuse();
            } else {
                application.accept();
            }
        }

        private void send(int argument, boolean once) {
            Payload payload = Payload.of(new byte[(argument >> 2 & 1) * 600 + argument]);
            PublishProperties properties = argument >= 8 ? PROPERTIES : PublishProperties.NONE;
            application.send(Message.of(TOPICS.get(argument & 3), QoS.AT_LEAST_ONCE, payload, properties), once);
        }

        private int next() {
            return position < input.length ? input[position++] & 0xFF : 0;
        }

        private byte[] take(int length) {
            int end = Math.min(input.length, position + length);
            byte[] bytes = Arrays.copyOfRange(input, position, end);
            position = end;
            return bytes;
        }
    }
}
