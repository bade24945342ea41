package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RecordingHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails fails alone: neither an exception nor an error ends a loop or is forgotten. */
class LoopFailureTest {

    private static final String PUBLISH = Packets.publish(MqttVersion.V5, "a", "x");

    private final FailingHandler handler = new FailingHandler();
    private final Trap bean = new Trap();
    private final MqttListener listener = turn -> {
        bean.spring();
        turn.drain(handler);
    };
    private final EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, listener);

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("wanted by a test"), new AssertionError("wanted by a test"),
                new StackOverflowError("wanted by a test"));
    }

    @AfterEach
    void noLeak() {
        client.closeAndExpectNoLeak();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfTheHandlerClosesTheChannel(Throwable failure) {
        connect();
        handler.trap.failure = failure;

        client.send(PUBLISH);

        assertThat(client.received()).startsWith("E0").contains("80", Packets.text("internal error"));
        assertThat(client.closed()).isTrue();
        assertThat(handler.closed).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureInConnectClosesTheChannel(Throwable failure) {
        handler.trap.failure = failure;

        client.send(Packets.connect(MqttVersion.V5));

        assertThat(client.closed()).isTrue();
        assertThat(client.received()).isEmpty();
        assertThat(handler.closed).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureInClosedIsNotRepeated(Throwable failure) {
        connect();
        handler.trap.failure = failure;

        client.close();
        client.passTime(Duration.ofSeconds(3));

        assertThat(handler.closedCalls).isEqualTo(1);
        assertThat(client.loop().hasConnections()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatABeanThatFailsDidNotTakeClosesItsConnection(Throwable failure) {
        connect();
        bean.failure = failure;

        client.send(PUBLISH);

        assertThat(client.closed()).isTrue();
        assertThat(handler.published).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theLastCallOutlivesABeanThatFails(Throwable failure) {
        connect();
        bean.failure = failure;

        client.close();
        assertThat(handler.closed).isEmpty();

        client.passTime(Duration.ofMillis(100));
        assertThat(handler.closed).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aTaskThatFailsDoesNotStopTheOthers(Throwable failure) {
        List<String> ran = new ArrayList<>();
        client.loop().post(() -> Trap.rethrow(failure));
        client.loop().post(() -> ran.add("posted behind"));
        client.loop().schedule(100, TimeUnit.MILLISECONDS, () -> Trap.rethrow(failure));
        client.loop().schedule(100, TimeUnit.MILLISECONDS, () -> ran.add("scheduled for the same time"));
        client.loop().schedule(300, TimeUnit.MILLISECONDS, () -> ran.add("scheduled for later"));

        client.passTime(Duration.ofMillis(400));

        assertThat(ran).containsExactlyInAnyOrder("posted behind", "scheduled for the same time", "scheduled for later");
    }

    @Test
    void whatABeanDoesNotTakeClosesItsConnection() {
        connect();
        client.loop().listener(turn -> { });

        client.send(PUBLISH);

        assertThat(client.closed()).isTrue();
        client.loop().listener(listener);
    }

    private void connect() {
        client.send(Packets.connect(MqttVersion.V5));
        client.received();
    }

    /** Fails once when told to. */
    private static final class Trap {

        private Throwable failure;

        void spring() {
            if (failure != null) {
                Throwable now = failure;
                failure = null;
                rethrow(now);
            }
        }

        static void rethrow(Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    private static final class FailingHandler extends RecordingHandler {

        private final Trap trap = new Trap();
        private int closedCalls;

        @Override
        public void connect(MqttChannel channel, Connect connect) {
            trap.spring();
            super.connect(channel, connect);
        }

        @Override
        public void publish(MqttChannel channel, Route route, Publish publish, long token) {
            trap.spring();
            super.publish(channel, route, publish, token);
        }

        @Override
        public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
            closedCalls++;
            trap.spring();
            super.closed(channel, why, unacked);
        }
    }
}
