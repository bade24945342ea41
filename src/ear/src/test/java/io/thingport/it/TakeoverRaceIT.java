package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many connections of one device at once, while messages come for it. */
@ExtendWith(SharedServer.class)
class TakeoverRaceIT {

    @ParameterizedTest
    @CsvSource({"2,4", "10,4", "100,4", "2,5", "10,5", "100,5"})
    void oneStaysAndNothingIsLostOrComesTwiceUnmarked(int contenders, int level, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (RawConnection first = new RawConnection(server)) {
            first.send(RawConnection.connect(level, device.login().keeping())).readPacket();
            first.send(RawConnection.subscribe(level, 1, device.topic("user/get"))).readPacket();
        }
        List<String> promised = new CopyOnWriteArrayList<>();
        AtomicBoolean raceIsOver = new AtomicBoolean();
        Thread publisher = new Thread(() -> {
            for (int i = 0; !raceIsOver.get() || i < 100; i++) {
                String text = "%05d".formatted(i);
                server.rest().post(device.path() + "/messages", Json.createObjectBuilder()
                        .add("topic", "user/get").add("qos", 1).add("payload", text).build()).ok();
                promised.add(text);
            }
        });
        publisher.start();

        CyclicBarrier together = new CyclicBarrier(contenders);
        List<Contender> all = new ArrayList<>();
        for (int i = 0; i < contenders; i++) {
            Contender contender = new Contender(server, device, level, together);
            contender.start();
            all.add(contender);
        }
        Awaitility.await("all but one are closed").atMost(Deadline.START)
                .until(() -> all.stream().filter(Thread::isAlive).count() == 1);
        raceIsOver.set(true);
        publisher.join();
        Awaitility.await("all messages have come").atMost(Deadline.ANSWER).until(() -> texts(all).containsAll(promised));

        assertThat(all.stream().filter(Thread::isAlive)).hasSize(1);
        List<String> unmarked = all.stream().flatMap(c -> c.came.stream()).filter(m -> !m.dup).map(m -> m.text).toList();
        assertThat(unmarked).doesNotHaveDuplicates();
        for (Contender contender : all) {
            assertThat(contender.came).extracting(m -> m.text).isSorted();
        }
        for (Contender contender : all) {
            contender.close();
            contender.join();
        }
    }

    private static Set<String> texts(List<Contender> all) {
        Set<String> texts = new HashSet<>();
        all.forEach(contender -> contender.came.forEach(message -> texts.add(message.text)));
        return texts;
    }

    private record Message(String text, boolean dup) {
    }

    /** One connection that acknowledges whatever comes until it is closed. */
    private static final class Contender extends Thread {

        private final List<Message> came = new CopyOnWriteArrayList<>();
        private final RawConnection connection;
        private final CyclicBarrier together;
        private final byte[] connect;
        private final int level;

        Contender(ThingportServer server, Device device, int level, CyclicBarrier together) throws IOException {
            this.connection = new RawConnection(server);
            this.together = together;
            this.level = level;
            this.connect = RawConnection.connect(level, device.login().keeping());
        }

        @Override
        public void run() {
            try {
                together.await();
                connection.send(connect);
                while (true) {
                    receive(connection.readPacketBytes());
                }
            } catch (IOException | InterruptedException | BrokenBarrierException closed) {
                // the race is lost, or over
            }
        }

        private void receive(byte[] packet) throws IOException {
            if (packet.length == 0) {
                throw new IOException("closed");
            }
            if ((packet[0] & 0xF0) == 0x30) {
                int id = 4 + packet[3];
                int payload = id + (level == 5 ? 3 : 2);
                came.add(new Message(new String(packet, payload, packet.length - payload), (packet[0] & 0x08) != 0));
                connection.send(new byte[] {0x40, 2, packet[id], packet[id + 1]});
            }
        }

        void close() throws IOException {
            connection.close();
        }
    }
}
