package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.disconnect5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttServer.Status;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the transport opens and closes. */
class ServerLifeTest {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final MqttTransport transport = new MqttTransport(task -> {
        Thread thread = new Thread(task, "loop");
        threads.add(thread);
        thread.start();
    });
    private final RecordingHandler application = new RecordingHandler();
    private final CountingSource source = new CountingSource();
    private final MqttServerSettings settings = TestServer.settings(TestServer.freePort());

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void listensOnceItIsOpenAndABeanIsActive() {
        assertThat(transport.status()).isEqualTo(notListening("the application is not open"));

        transport.open(settings, TestServer.NO_APPLICATION);
        assertThat(transport.status()).isEqualTo(notListening("no message-driven bean is active"));

        transport.attach(source);
        untilListening();
    }

    @Test
    void listensWhicheverComesFirst() {
        transport.attach(source);
        assertThat(transport.status().listening()).isFalse();

        transport.open(settings, TestServer.NO_APPLICATION);

        untilListening();
        new RawClient(settings.listeners().get(0).port()).connected(MqttVersion.V5).close();
    }

    @Test
    void eachLoopHasAListenerOfItsOwnObtainedOnItsThread() {
        start();

        assertThat(source.obtainedOn).doesNotHaveDuplicates().hasSize(2).isSubsetOf(threads);
    }

    @Test
    void opensOnce() {
        start();

        assertThatThrownBy(() -> transport.open(settings, TestServer.NO_APPLICATION))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void runsWithoutAnyListener() {
        transport.attach(source);
        transport.open(TestServer.settings(List.of()), TestServer.NO_APPLICATION);

        Eventually.until("ready", () -> transport.status().listening());
        assertThat(transport.status()).isEqualTo(new Status(true, List.of(), Optional.empty()));
    }

    @Test
    void listensOnSeveralPorts() {
        int one = TestServer.freePort();
        int other = TestServer.freePort();
        transport.attach(source);
        transport.open(TestServer.settings(List.of(TestServer.listener(one), TestServer.listener(other))),
                TestServer.NO_APPLICATION);

        Eventually.until("listening", () -> transport.status().listening());
        new RawClient(one).connected(MqttVersion.V5).close();
        new RawClient(other).connected(MqttVersion.V5).close();
    }

    @Test
    void aPortInUseShowsInTheStatus() throws IOException {
        try (ServerSocket inUse = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            transport.attach(source);
            transport.open(TestServer.settings(inUse.getLocalPort()), TestServer.NO_APPLICATION);

            Eventually.until("known", () -> transport.status().problem()
                    .filter(problem -> problem.contains("cannot listen on 127.0.0.1:" + inUse.getLocalPort()))
                    .isPresent());
            assertThat(transport.status().listening()).isFalse();
        }
    }

    @Test
    void aBeanThatCannotBeHadShowsInTheStatusUntilTheApplicationComesBack() {
        transport.open(settings, TestServer.NO_APPLICATION);
        transport.attach(new CountingSource() {
            @Override
            public MqttListener obtain() {
                throw new IllegalStateException("still starting");
            }
        });
        Eventually.until("known", () -> transport.status().equals(
                notListening("the message-driven bean cannot be had: still starting")));

        transport.close();
        start();

        assertThat(transport.status().problem()).isEmpty();
    }

    @Test
    void closesWhenTheBeanGoes() {
        start();
        RawClient client = new RawClient(settings.listeners().get(0).port()).connected(MqttVersion.V5);

        transport.detach();

        client.expect(disconnect5(0x8B, "server shuts down"));
        client.expectClose();
        assertThat(transport.status()).isEqualTo(notListening("no message-driven bean is active"));
        assertThat(source.released).hasSize(2);
        assertThat(application.closed).hasSize(1);
    }

    /** A server that stops waits for the threads that the loops run on. */
    @Test
    void theLoopsEndWhenTheBeanGoes() throws InterruptedException {
        start();

        transport.detach();

        untilThreadsEnd();
        transport.attach(source);
        assertThat(transport.status().problem().orElseThrow()).contains("start the application again");
    }

    @Test
    void aBeanThatGoesBeforeItCouldBeHadIsNotListenedFor() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountingSource slow = new CountingSource() {
            @Override
            public MqttListener obtain() throws InterruptedException {
                started.await();
                return super.obtain();
            }
        };
        transport.open(settings, TestServer.NO_APPLICATION);
        transport.attach(slow);

        transport.detach();
        started.countDown();

        untilThreadsEnd();
        assertThat(slow.released).hasSize(2);
        assertThat(transport.status()).isEqualTo(notListening("no message-driven bean is active"));
    }

    @Test
    void itsEndIsToldToEveryClientAndLeavesNothing() throws InterruptedException {
        start();
        RawClient five = new RawClient(settings.listeners().get(0).port()).connected(MqttVersion.V5);
        RawClient three = new RawClient(settings.listeners().get(0).port()).connected(MqttVersion.V3_1_1);
        RawClient silent = new RawClient(settings.listeners().get(0).port());
        Eventually.until("all there", () -> transport.counters().connections() == 3);

        transport.close();

        five.expect(disconnect5(0x8B, "server shuts down"));
        five.expectClose();
        three.expectClose();
        silent.expectClose();
        assertThat(application.closed).hasSize(2).allSatisfy(closed -> {
            assertThat(closed.why().cause()).isEqualTo(Cause.SERVER);
            assertThat(closed.why().reason()).contains(ReasonCode.SERVER_SHUTTING_DOWN);
        });
        assertThat(source.released).hasSize(2);
        assertThat(transport.status()).isEqualTo(notListening("the application is not open"));
        assertThat(transport.loops()).isEmpty();
        assertThat(transport.counters()).isEqualTo(MqttCounters.ZERO);
        untilThreadsEnd();
    }

    @Test
    void itsEndDoesNotForgetChannelsThatAreMoving() {
        BlockingQueue<MqttChannel> connecting = new LinkedBlockingQueue<>();
        RecordingHandler moving = new RecordingHandler() {
            @Override
            public void connect(MqttChannel channel, Connect connect) {
                connecting.add(channel);
                channel.moveTo(transport.loops().get(1 - channel.loop().index()), () -> super.connect(channel, connect));
            }
        };
        transport.attach(TestServer.source(moving));
        transport.open(settings, TestServer.NO_APPLICATION);
        untilListening();
        for (int i = 0; i < 200; i++) {
            new RawClient(settings.listeners().get(0).port()).send(connect(MqttVersion.V5));
        }
        Eventually.until("the first is there", () -> !connecting.isEmpty());

        transport.close();

        assertThat(moving.closed).extracting(RecordingHandler.Closed::channel)
                .containsExactlyInAnyOrderElementsOf(connecting);
    }

    @Test
    void itsEndWaitsForNoClientThatDoesNotRead() {
        start();
        new RawClient(settings.listeners().get(0).port(), 4_096).connected(MqttVersion.V5);
        MqttChannel channel = Eventually.next(application.channels);
        Message large = Message.of(TopicName.of("a"), QoS.AT_MOST_ONCE, Payload.of(new byte[200_000]));
        Eventually.until("the socket full", () -> TestServer.on(channel.loop(),
                () -> channel.send(large) == SendResult.NO_ROOM));
        long before = System.nanoTime();

        transport.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(application.closed).hasSize(1);
    }

    @Test
    void closingAgainDoesNothing() {
        start();

        transport.close();
        transport.close();
        transport.detach();

        assertThat(source.released).hasSize(2);
    }

    @Test
    void opensAgainAfterItsEnd() {
        start();
        transport.close();

        transport.open(settings, TestServer.NO_APPLICATION);

        untilListening();
        new RawClient(settings.listeners().get(0).port()).connected(MqttVersion.V5).close();
    }

    private void start() {
        transport.attach(source);
        transport.open(settings, TestServer.NO_APPLICATION);
        untilListening();
    }

    private void untilThreadsEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10).toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private void untilListening() {
        Eventually.until("listening", () -> transport.status().equals(
                new Status(true, List.of("127.0.0.1:" + settings.listeners().get(0).port()), Optional.empty())));
    }

    private static Status notListening(String problem) {
        return new Status(false, List.of(), Optional.of(problem));
    }

    private class CountingSource implements ListenerSource {

        final BlockingQueue<Thread> obtainedOn = new LinkedBlockingQueue<>();
        final BlockingQueue<MqttListener> released = new LinkedBlockingQueue<>();

        @Override
        public MqttListener obtain() throws InterruptedException {
            obtainedOn.add(Thread.currentThread());
            return turn -> turn.drain(application);
        }

        @Override
        public void release(MqttListener listener) {
            released.add(listener);
        }
    }
}
