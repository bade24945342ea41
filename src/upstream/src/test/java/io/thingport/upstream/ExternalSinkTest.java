package io.thingport.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.config.Settings;
import io.thingport.platform.upstream.UpstreamException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another engine, reached over TCP. */
class ExternalSinkTest {

    private static final Settings.Upstream BOUNDS = new Settings.Upstream(ZoneOffset.UTC, TestBroker.MANY,
            Duration.ofDays(1), Optional.empty());

    private final int port = freePort();
    private final Settings.ExternalEngine there = new Settings.ExternalEngine("tcp://localhost:" + port,
            Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void consumersThereReceiveTheSameBytesInOrder() throws Exception {
        try (TestBroker broker = TestBroker.open(folder, port)) {
            ExternalBroker connection = ExternalBroker.connect(there);
            new ExternalQueues(connection).keep(Set.of("one", "two"));

            new ExternalSink(connection, BOUNDS, Clock.systemUTC()).write(
                    IntStream.range(0, 100).mapToObj(i -> TestBroker.message(i, "one", "two", "none")).toList());

            assertThat(broker.ids("one", 100)).isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
            assertThat(broker.ids("two", 100)).hasSize(100);
            assertThat(broker.bytes("one", 100).get(7)).isEqualTo(new MessageFormat().encode(TestBroker.message(7, "one")));
            connection.close();
        }
    }

    @Test
    void aMessageOf300KiBArrivesWhole() throws Exception {
        try (TestBroker broker = TestBroker.open(folder, port)) {
            ExternalBroker connection = ExternalBroker.connect(there);
            new ExternalQueues(connection).keep(Set.of("one"));
            byte[] payload = new byte[300 * 1024];

            new ExternalSink(connection, BOUNDS, Clock.systemUTC()).write(List.of(TestBroker.message(1, payload, "one")));

            assertThat(broker.bytes("one", 1).get(0)).isEqualTo(new MessageFormat().encode(
                    TestBroker.message(1, payload, "one")));
            connection.close();
        }
    }

    @Test
    void messagesExpireThereAfterTheRetention() throws Exception {
        try (TestBroker broker = TestBroker.open(folder, port)) {
            ExternalBroker connection = ExternalBroker.connect(there);
            new ExternalQueues(connection).keep(Set.of("one"));
            new ExternalSink(connection, new Settings.Upstream(ZoneOffset.UTC, TestBroker.MANY, Duration.ofMillis(1),
                    Optional.empty()), Clock.systemUTC()).write(List.of(TestBroker.message(1, "one")));

            broker.await(() -> {
                broker.expire("one");
                return broker.queues().totals().expired() == 1;
            });
            connection.close();
        }
    }

    @Test
    void whileTheBrokerIsAwayWritingFailsAndANewConnectionGoesOn() throws Exception {
        TestBroker first = TestBroker.open(folder, port);
        ExternalBroker connection = ExternalBroker.connect(there);
        new ExternalQueues(connection).keep(Set.of("one"));
        ExternalSink sink = new ExternalSink(connection, BOUNDS, Clock.systemUTC());
        sink.write(List.of(TestBroker.message(1, "one")));
        first.close();

        assertThatThrownBy(() -> sink.write(List.of(TestBroker.message(2, "one")))).isInstanceOf(UpstreamException.class);
        assertThat(connection.running()).isFalse();
        assertThatThrownBy(() -> ExternalBroker.connect(there)).isInstanceOf(UpstreamException.class);

        try (TestBroker second = TestBroker.open(folder, port)) {
            ExternalBroker again = ExternalBroker.connect(there);
            new ExternalSink(again, BOUNDS, Clock.systemUTC()).write(List.of(TestBroker.message(2, "one")));

            assertThat(second.ids("one", 2)).containsExactly("1", "2");
            again.close();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
