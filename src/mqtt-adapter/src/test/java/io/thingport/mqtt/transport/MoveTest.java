package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A channel moves to another loop before it is accepted. */
class MoveTest {

    private final Application application = new Application();
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(application);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aMovedChannelWorksAsBefore(MqttVersion version) {
        application.onConnect = this::moveToTheOtherLoop;
        for (int i = 0; i < 4; i++) { // two of each loop
            RawClient client = server.client().connected(version);
            client.send(subscribe(version, 1, "a"));
            client.readPacket();

            client.send(publish(version, "a", "0"), publish1(version, 1, "a", "1"));

            client.expect(publish(version, "a", "0"), puback(1), publish1(version, 1, "a", "1"));
        }
        assertThat(application.arrivals).hasSize(4).allMatch(arrival -> arrival.right);
    }

    @ParameterizedTest
    @EnumSource
    void packetsBehindConnectAreKept(MqttVersion version) {
        application.onConnect = this::moveToTheOtherLoop;
        RawClient client = server.client();

        client.send(connect(version), subscribe(version, 1, "a"), publish(version, "a", "0"), PINGREQ);

        assertThat(client.readPacket()).startsWith("20");
        client.expect(version == MqttVersion.V5 ? "90 04 00 01 00 01" : "90 03 00 01 01", publish(version, "a", "0"),
                "D000");
    }

    @Test
    void aMoveToItsOwnLoopHappensAtOnce() {
        List<String> order = new ArrayList<>();
        application.onConnect = (channel, connect) -> {
            channel.moveTo(channel.loop(), () -> order.add("moved"));
            order.add("behind");
            application.accept(channel, connect);
        };

        server.client().connected(MqttVersion.V5);

        assertThat(order).containsExactly("moved", "behind");
    }

    @Test
    void aMovedChannelMayBeRefused() {
        application.onConnect = (channel, connect) ->
                channel.moveTo(other(channel), () -> channel.refuse(ReasonCode.NOT_AUTHORIZED, ""));
        RawClient client = server.client();

        client.send(connect(MqttVersion.V3_1_1));

        client.expect("20 02 00 05");
        client.expectClose();
        Eventually.next(application.closed);
    }

    @Test
    void aChannelThatHasClosedDoesNotMoveButWhatFollowsRuns() {
        application.onConnect = (channel, connect) -> channel.close(ReasonCode.SERVER_BUSY, "");
        RawClient client = server.client();
        client.send(connect(MqttVersion.V5));
        MqttChannel channel = Eventually.next(application.closed).channel();
        MqttLoop other = other(channel);

        List<Boolean> open = TestServer.on(channel.loop(), () -> {
            List<Boolean> seen = new ArrayList<>();
            channel.moveTo(other, () -> seen.add(channel.open()));
            return seen;
        });

        Eventually.until("moved", () -> TestServer.on(other, open::size) == 1);
        assertThat(open).containsExactly(false);
        assertThat(channel.loop()).isNotSameAs(other);
        assertThat(application.closed).isEmpty();
    }

    /** Whenever it goes: before the move, within it, behind it. */
    @ParameterizedTest
    @EnumSource
    void aClientThatGoesWhileItMovesIsClosedExactlyOnce(MqttVersion version) {
        application.onConnect = this::moveToTheOtherLoop;
        int clients = 300;
        for (int i = 0; i < clients; i++) {
            RawClient client = server.client();
            client.send(connect(version), subscribe(version, 1, "a"));
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }

        Eventually.until("all connections over", () -> server.transport.counters().connections() == 0
                && application.closed.size() >= server.transport.counters().connectsReceived()
                && server.transport.counters().connectsReceived() + server.transport.counters().silent() == clients);
        assertThat(application.closed).hasSize(application.arrivals.size()).doesNotHaveDuplicates()
                .allMatch(RecordingHandler.Closed::onItsLoop);
        assertThat(application.callsBehindTheLast).isEmpty();
    }

    @Test
    void anExceptionBehindTheMoveClosesTheChannel() {
        application.onConnect = (channel, connect) -> channel.moveTo(other(channel), () -> {
            throw new IllegalStateException("wanted by a test");
        });
        RawClient client = server.client();

        client.send(connect(MqttVersion.V5));

        client.expectClose();
        assertThat(Eventually.next(application.closed).why().reason()).contains(ReasonCode.UNSPECIFIED_ERROR);
    }

    private void moveToTheOtherLoop(MqttChannel channel, Connect connect) {
        MqttLoop home = other(channel);
        channel.moveTo(home, () -> {
            application.arrivals.add(new Arrival(home.inLoop() && channel.loop() == home || !channel.open()));
            if (application.closed.stream().anyMatch(closed -> closed.channel() == channel)) {
                application.callsBehindTheLast.add("then");
            }
            application.accept(channel, connect);
        });
    }

    private MqttLoop other(MqttChannel channel) {
        return server.transport.loops().get(1 - channel.loop().index());
    }

    /** @param right on the loop it was to move to */
    private record Arrival(boolean right) {
    }

    private static final class Application extends RecordingHandler {

        private final BlockingQueue<MqttChannel> connecting = new LinkedBlockingQueue<>();
        private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> callsBehindTheLast = new LinkedBlockingQueue<>();
        private volatile BiConsumer<MqttChannel, Connect> onConnect = this::accept;

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            connecting.add(channel);
            onConnect.accept(channel, connect);
        }

        void accept(MqttChannel channel, Connect connect) {
            super.connect(channel, connect);
        }
    }
}
