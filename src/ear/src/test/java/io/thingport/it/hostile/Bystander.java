package io.thingport.it.hostile;

import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A device that publishes to itself at QoS 1 again and again and checks that exactly this comes back. */
final class Bystander {

    private static final int PERIOD_MILLIS = 3;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final RawConnection connection;
    private final String topic;
    private final ScheduledFuture<?> work;
    private volatile int rounds;

    /** Connects in 3.1.1 and begins. */
    Bystander(ThingportServer server, Device device) throws Exception {
        connection = Unnoticed.connected(server, 4, device);
        topic = device.topic("user/both");
        connection.send(RawConnection.subscribe(4, 1, topic)).readPacket();
        work = thread.scheduleWithFixedDelay(this::round, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void round() {
        int id = 1 + rounds % 60_000;
        String payload = "round " + rounds;
        try {
            connection.send(RawConnection.publish(4, 0b0010, topic, id, payload));
            boolean acknowledged = false;
            boolean echoed = false;
            while (!acknowledged || !echoed) {
                byte[] packet = connection.readPacketBytes();
                if (packet.length == 4 && packet[0] == 0x40 && !acknowledged) {
                    acknowledged = true;
                } else if (packet.length > payload.length() && (packet[0] & 0xF6) == 0x32 && !echoed
                        && new String(packet, StandardCharsets.UTF_8).endsWith(payload)) {
                    echoed = true;
                    int idAt = 4 + topic.length();
                    connection.send(new byte[] {0x40, 2, packet[idAt], packet[idAt + 1]});
                } else {
                    throw new IllegalStateException("the bystander got " + RawConnection.hex(packet) + " in " + payload);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bystander noticed in " + payload, e);
        }
        rounds++;
    }

    /** Waits for rounds that begin after this call; fails when anything but its own messages came, or they did not. */
    void expectMore(int more) throws Exception {
        int enough = rounds + more + 1; // one may be under way
        Awaitility.await("the bystander's next rounds").atMost(Deadline.ANSWER.multipliedBy(2)).pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2)).until(() -> work.isDone() || rounds >= enough);
        if (work.isDone()) {
            work.get();
        }
    }

    void close() throws Exception {
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
        connection.close();
    }
}
