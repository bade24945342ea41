package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.ThingportServer;
import jakarta.json.Json;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are opened in masses, broken off in every state, or not read. */
class ConnectionsIT extends Unnoticed {

    private static final int FLOOD = 100;
    private static final int LARGE = 200_000;

    /** How far a client goes before it is gone. */
    private enum State {
        NOTHING, FIRST_BYTE, HALF_CONNECT, CONNECT_SENT, CONNACK_READ, SUBSCRIBE_SENT, HALF_PUBLISH, PUBLISHES_SENT,
        DISCONNECT_SENT
    }

    /** Half of them break off with a reset; nothing of them is left. */
    @ParameterizedTest
    @EnumSource
    void floodBrokenOff(State state, ThingportServer server, Rest rest) throws Exception {
        double before = metric(rest, "thingport_mqtt_connections");
        for (int i = 0; i < FLOOD; i++) {
            RawConnection raw = new RawConnection(server);
            try {
                reach(state, raw, 3 + i % 3);
            } catch (SocketException closed) {
                // a CONNECT before it was read later, and took its session over
            }
            if (i % 2 == 0) {
                raw.reset();
            } else {
                raw.close();
            }
        }
        Awaitility.await("the server has let go of all").atMost(Deadline.ANSWER)
                .until(() -> metric(rest, "thingport_mqtt_connections") <= before);
    }

    private void reach(State state, RawConnection raw, int level) throws IOException {
        byte[] connect = RawConnection.connect(level, device.login());
        byte[] publish = RawConnection.publish(level, 0b0010, device.topic("user/both"), 9, "x".repeat(1000));
        switch (state) {
            case NOTHING -> { }
            case FIRST_BYTE -> raw.send("10");
            case HALF_CONNECT -> raw.send(Arrays.copyOf(connect, connect.length / 2));
            case CONNECT_SENT -> raw.send(connect);
            case CONNACK_READ -> raw.send(connect).readPacket();
            case SUBSCRIBE_SENT -> raw.send(connect).send(RawConnection.subscribe(level, 1, device.topic("user/both")));
            case HALF_PUBLISH -> raw.send(connect).send(Arrays.copyOf(publish, publish.length / 2));
            case PUBLISHES_SENT -> raw.send(connect).send(RawConnection.subscribe(level, 1, device.topic("user/both")))
                    .send(publish).send(publish).send(publish);
            case DISCONNECT_SENT -> raw.send(connect).send("e0 00");
        }
    }

    /** A client that ends its half of the connection has ended it. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void halfClosed(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, level, device)) {
            raw.closeOutput();
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    /** Each of them has announced the largest CONNECT and sent a part of it; one more device connects all the same. */
    @Test
    void manyHalfOpenConnections(ThingportServer server) throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                RawConnection raw = new RawConnection(server);
                open.add(raw);
                raw.send("10 80 ff 03 00 04 4d 51 54 54 04 c2 00 3c ff ff").send(new byte[i]);
            }
            try (RawConnection raw = connected(server, 4, device)) {
                expectAlive(raw);
            }
        } finally {
            for (RawConnection raw : open) {
                raw.close();
            }
        }
    }

    /** All together strangers may make the server keep 16 MiB: whoever brings more is closed. A device connects all the same. */
    @Test
    void bytesOfStrangersAreBoundedInAll(ThingportServer server) throws Exception {
        double before = metric(server.rest(), "thingport_mqtt_unauthenticated_total");
        byte[] half = PacketBytes.packet(0).hex("10fcff03").raw(new byte[60_000]).body();
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                RawConnection raw = new RawConnection(server);
                open.add(raw);
                sendMaybe(raw, half);
            }
            Awaitility.await("some are closed").atMost(Deadline.ANSWER)
                    .until(() -> metric(server.rest(), "thingport_mqtt_unauthenticated_total") > before);
            try (RawConnection raw = connected(server, 4, device)) {
                expectAlive(raw);
            }
        } finally {
            for (RawConnection raw : open) {
                raw.close();
            }
        }
    }

    private static void sendMaybe(RawConnection raw, byte[] bytes) throws IOException {
        try {
            raw.send(bytes);
        } catch (SocketException closed) {
            // by the server, before it had all
        }
    }

    /** What waits in the server for it is bounded: messages are refused from then on. Reading again, it gets whole packets. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void clientThatDoesNotRead(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device subject = fleet.device(device.productKey());
        String topic = subject.topic("user/both");
        try (RawConnection raw = connected(server, level, subject)) {
            raw.send(RawConnection.subscribe(level, 0, topic)).readPacket();
            int sent = 0;
            while (pub(rest, subject) == 200) {
                sent++;
                assertThat(sent).isLessThan(1000);
            }
            int size = RawConnection.publish(level, 0, topic, 0, "x".repeat(LARGE)).length;
            for (int i = 0; i < sent; i++) {
                assertThat(raw.readPacketBytes()).hasSize(size);
            }
            expectAlive(raw);
            assertThat(pub(rest, subject)).isEqualTo(200);
        }
    }

    /** It asks and asks, and takes no answer: the server stops reading it, for as long as the bystander makes 100 rounds. */
    @Test
    void clientThatAsksAndDoesNotRead(ThingportServer server) throws Exception {
        byte[] pings = PacketBytes.packet(0).hex("c000".repeat(50_000)).body();
        AtomicInteger written = new AtomicInteger();
        RawConnection raw = connected(server, 4, device);
        Thread writer = new Thread(() -> {
            try {
                while (written.get() < 5000) {
                    raw.send(pings);
                    written.incrementAndGet();
                }
            } catch (IOException closed) {
                // the end of the attack
            }
        });
        writer.start();
        int before;
        do {
            before = written.get();
            theBystanderGoesOn(100);
        } while (written.get() > before);
        raw.reset();
        writer.join();
        assertThat(before).isLessThan(1000);
    }

    private static int pub(Rest rest, Device device) {
        return rest.post(device.path() + "/messages", Json.createObjectBuilder().add("topic", "user/both").add("qos", 0)
                .add("payload", "x".repeat(LARGE)).build()).response().statusCode();
    }
}
