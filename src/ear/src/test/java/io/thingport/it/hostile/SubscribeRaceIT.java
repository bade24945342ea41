package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Deadline;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.ThingportServer;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages by Pub, one after the other, while the device subscribes and unsubscribes their topic again and again. */
class SubscribeRaceIT extends Unnoticed {

    private static final int ROUNDS = 20;

    /** One call of Pub. */
    private record Sent(int number, String outcome) {
    }

    /**
     * What was called behind SUBACK and answered before UNSUBSCRIBE came, each exactly once and in order; nothing that was
     * called behind UNSUBACK came.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void nothingIsLostAndNothingComesBehindUnsuback(int level, ThingportServer server, Rest rest) throws Exception {
        List<Sent> sent = new CopyOnWriteArrayList<>();
        AtomicInteger called = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            while (!over.get()) {
                int number = called.incrementAndGet();
                String outcome = rest.post(device.path() + "/messages", Json.createObjectBuilder().add("topic", "user/both")
                        .add("qos", 0).add("payload", Integer.toString(number)).build()).response().body();
                sent.add(new Sent(number, outcome));
            }
        });
        List<Integer> came = new ArrayList<>();
        List<int[]> silences = new ArrayList<>(); // numbers that were called between UNSUBACK and the next SUBSCRIBE
        List<int[]> promises = new ArrayList<>(); // numbers that were called and answered between SUBACK and UNSUBSCRIBE
        try (RawConnection raw = connected(server, level, device)) {
            caller.start();
            for (int i = 0; i < ROUNDS; i++) {
                raw.send(RawConnection.subscribe(level, 1, device.topic("user/both")));
                until(raw, 0x90, came);
                int first = called.get() + 1;
                until(raw, 0x30, came);
                until(raw, 0x30, came);
                promises.add(new int[] {first, sent.size()});
                raw.send(PacketBytes.packet(0xA2).number(11).noProperties(level).text(device.topic("user/both")).build());
                until(raw, 0xB0, came);
                int silent = called.get() + 1;
                Awaitility.await("a call in the silence").atMost(Deadline.ANSWER).pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1)).until(() -> called.get() > silent);
                silences.add(new int[] {silent, called.get()});
            }
            over.set(true);
            caller.join();
            expectAlive(raw);
        }
        assertThat(came).isSorted().doesNotHaveDuplicates();
        for (int[] promise : promises) {
            for (int number = promise[0]; number <= promise[1]; number++) {
                assertThat(came).contains(number);
            }
        }
        for (int[] silence : silences) {
            for (int number = silence[0]; number < silence[1]; number++) {
                assertThat(came).doesNotContain(number);
            }
        }
        assertThat(came).allSatisfy(number -> assertThat(sent.get(number - 1).outcome()).contains("\"sent\""));
    }

    /** Reads up to a packet of this type; messages on the way are noted. */
    private void until(RawConnection raw, int type, List<Integer> came) throws Exception {
        byte[] packet;
        do {
            packet = raw.readPacketBytes();
            assertThat(packet).isNotEmpty();
            if ((packet[0] & 0xF0) == 0x30) {
                String text = new String(packet, StandardCharsets.UTF_8);
                String payload = text.substring(text.indexOf("user/both") + "user/both".length()).replace("\0", "");
                came.add(Integer.parseInt(payload));
            }
        } while ((packet[0] & 0xF0) != type);
    }
}
