package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.DISCONNECT;
import static io.thingport.mqtt.testing.Packets.PINGREQ;
import static io.thingport.mqtt.testing.Packets.PINGRESP;
import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections whose bytes the application carries are like those over TCP. */
class CarriedChannelTest {

    private static final String CONNECT = connect(MqttVersion.V3_1_1);
    private static final String CONNACK = "20020000";

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

    @Test
    void packetsLieInTheBytesAsTheyLike() {
        Carrier carrier = new Carrier(server.transport);

        for (int i = 0; i < CONNECT.length(); i += 2) {
            carrier.bring(CONNECT.substring(i, i + 2));
        }
        assertThat(carrier.sent()).isEqualTo(CONNACK);
        carrier.bring(publish1(MqttVersion.V3_1_1, 7, "a", "b"), PINGREQ);
        assertThat(carrier.sent()).isEqualTo(puback(7) + PINGRESP);
    }

    @Test
    void whatFollowsConnectWaitsForItsAnswer() {
        Carrier carrier = new Carrier(server.transport);

        carrier.bring(CONNECT, subscribe(MqttVersion.V3_1_1, 1, "a"), publish(MqttVersion.V3_1_1, "a", "x"));

        String answers = CONNACK + "9003000101" + publish(MqttVersion.V3_1_1, "a", "x");
        StringBuilder sent = new StringBuilder();
        while (sent.length() < answers.length()) {
            sent.append(carrier.sent());
        }
        assertThat(sent).hasToString(answers);
    }

    @Test
    void thePeerIsWhomTheApplicationNames() {
        connected(new Carrier(server.transport));

        assertThat(Eventually.next(application.channels).peer()).isEqualTo(Carrier.PEER);
    }

    @Test
    void aChannelMovesToItsHomeLoop() {
        application.movesToTheOtherLoop = true;
        Carrier carrier = connected(new Carrier(server.transport));

        carrier.bring(PINGREQ);

        assertThat(carrier.sent()).isEqualTo(PINGRESP);
        assertThat(Eventually.next(application.channels).loop()).isEqualTo(application.home);
    }

    @Test
    void onePieceIsSentAtATimeAndTakesWhatHasGathered() {
        Carrier carrier = connected(new Carrier(server.transport));

        carrier.bring(PINGREQ);
        assertThat(carrier.next()).isEqualTo(PINGRESP);
        carrier.bring(PINGREQ);
        carrier.bring(PINGREQ);
        onItsLoop(() -> true); // both are answered
        assertThat(carrier.pieces).isEmpty();
        carrier.port.sent();

        assertThat(carrier.sent()).isEqualTo(PINGRESP + PINGRESP);
    }

    @Test
    void aClientThatIsNotReadIsLetWaitUntilItIs() {
        application.answersLater = true;
        Carrier carrier = new Carrier(server.transport);

        boolean wanted = carrier.bring(CONNECT);
        MqttChannel channel = Eventually.next(application.channels);
        boolean wantedBehind = carrier.bring(PINGREQ.repeat(CarriedChannel.RECEIVED_MAXIMUM));

        assertThat(wanted).isTrue();
        assertThat(wantedBehind).isFalse();
        assertThat(carrier.resumed.availablePermits()).isZero();
        application.answersLater = false;
        TestServer.on(channel.loop(), () -> {
            application.connect(channel, Eventually.next(application.connects));
            return true;
        });
        Eventually.until("resumed", () -> carrier.resumed.availablePermits() == 1);
    }

    @Test
    void sendsAreRefusedWhileTooMuchWaits() {
        connected(new Carrier(server.transport));
        MqttChannel channel = Eventually.next(application.channels);
        Message large = Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE, Payload.of(new byte[200_000]));

        assertThat(TestServer.on(channel.loop(), () -> {
            int sent = 0;
            while (channel.send(large) == SendResult.SENT) {
                sent++;
            }
            return sent;
        })).isBetween(5, 7);
    }

    @Test
    void theLastPacketIsSentBeforeTheConnectionEnds() {
        Carrier carrier = connected(new Carrier(server.transport));
        MqttChannel channel = Eventually.next(application.channels);

        TestServer.on(channel.loop(), () -> channel.send(Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE,
                Payload.of(new byte[1]))));
        String last = carrier.next();
        carrier.bring(DISCONNECT);
        assertThat(carrier.closed.getCount()).isEqualTo(1);
        carrier.port.sent();

        carrier.awaitClosed();
        assertThat(last).startsWith("3004");
    }

    @Test
    void theEndOfAConnectionIsTheEndOfItsChannel() {
        Carrier carrier = connected(new Carrier(server.transport));

        carrier.port.closed();
        carrier.port.closed();

        Eventually.next(application.closed);
        carrier.awaitClosed();
        Eventually.until("no connection left", () -> server.transport.counters().connections() == 0);
    }

    @Test
    void whoeverTakesNothingOfWhatWaitsForItIsClosedAndCounted() {
        MqttTransport transport = impatient();
        try {
            Carrier carrier = new Carrier(transport);

            carrier.bring(CONNECT);

            carrier.awaitClosed();
            Eventually.until("counted", () -> transport.counters().stalled() == 1);
        } finally {
            transport.close();
        }
    }

    @Test
    void whomTheApplicationAbandonsIsClosedAndCounted() {
        Carrier carrier = connected(new Carrier(server.transport));

        carrier.port.abandon("no patience left");

        carrier.awaitClosed();
        Eventually.until("counted", () -> server.transport.counters().stalled() == 1);
    }

    @Test
    void theEndOfTheServerIsToldAndEndsConnections() {
        Carrier carrier = new Carrier(server.transport);
        carrier.bring(connect(MqttVersion.V5));
        carrier.sent();

        server.transport.detach();

        assertThat(Eventually.next(application.closed).why().reason()).contains(ReasonCode.SERVER_SHUTTING_DOWN);
        carrier.awaitClosed();
        assertThatThrownBy(() -> new Carrier(server.transport)).isInstanceOf(IllegalStateException.class);
    }

    private Carrier connected(Carrier carrier) {
        carrier.bring(CONNECT);
        assertThat(carrier.sent()).isEqualTo(CONNACK);
        return carrier;
    }

    private void onItsLoop(Callable<Boolean> task) {
        server.transport.loops().forEach(loop -> TestServer.on(loop, task));
        server.transport.loops().forEach(loop -> TestServer.on(loop, task)); // behind the turn
    }

    private MqttTransport impatient() {
        MqttTransport transport = new MqttTransport(task -> new Thread(task, "loop").start(), 20);
        transport.attach(TestServer.source(application));
        transport.open(TestServer.settings(List.of()), TestServer.NO_APPLICATION);
        Eventually.until("listening", () -> transport.status().listening());
        return transport;
    }

    /** Accepts at once, after a move, or when it is asked again. */
    private final class Application extends RecordingHandler {

        private volatile boolean movesToTheOtherLoop;
        private volatile boolean answersLater;
        private volatile MqttLoop home;

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            if (answersLater) {
                connects.add(connect);
                channels.add(channel);
            } else if (movesToTheOtherLoop) {
                home = server.transport.loops().stream().filter(loop -> loop != channel.loop()).findFirst().orElseThrow();
                channel.moveTo(home, () -> super.connect(channel, connect));
            } else {
                super.connect(channel, connect);
            }
        }
    }
}
