package io.thingport.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.upstream.UpstreamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSinkTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenWaitsForItsGroupInOrder() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));

            broker.sink().write(IntStream.range(0, 500).mapToObj(i -> TestBroker.message(i, "one")).toList());
            broker.sink().write(IntStream.range(500, 600).mapToObj(i -> TestBroker.message(i, "one")).toList());

            assertThat(broker.ids("one", 600)).isEqualTo(IntStream.range(0, 600).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void eachGroupReceivesItsMessagesAndAllOfThem() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one", "two"));

            broker.sink().write(List.of(TestBroker.message(1, "one", "two"), TestBroker.message(2, "two"),
                    TestBroker.message(3, "two", "one")));

            assertThat(broker.ids("one", 2)).containsExactly("1", "3");
            assertThat(broker.ids("two", 3)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aGroupThatIsNotThereIsPassedOver() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));

            broker.sink().write(List.of(TestBroker.message(1, "gone", "one"), TestBroker.message(2, "gone")));

            assertThat(broker.ids("one", 1)).containsExactly("1");
        }
    }

    @Test
    void whatWasWrittenIsOnDiskForEveryGroup() throws Exception {
        try (TestBroker broker = new TestBroker(folder.resolve("before"))) {
            broker.queues().keep(Set.of("one", "two"));
            broker.sink().write(List.of(TestBroker.message(1, "one", "two"), TestBroker.message(2, "one")));

            copy(folder.resolve("before"), folder.resolve("after")); // as a kill would leave it
        }
        try (TestBroker broker = new TestBroker(folder.resolve("after"))) {
            assertThat(broker.ids("one", 2)).containsExactly("1", "2");
            assertThat(broker.ids("two", 1)).containsExactly("1");
            assertThat(broker.bytes("one", 2).get(1)).isEqualTo(new MessageFormat().encode(TestBroker.message(2, "one")));
        }
    }

    @Test
    void aGroupKeepsItsMessagesWhenAnotherThatHadThemTooIsRemoved() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one", "two"));
            broker.sink().write(List.of(TestBroker.message(1, "one", "two"), TestBroker.message(2, "two", "one")));

            broker.queues().keep(Set.of("two"));

            assertThat(broker.ids("two", 2)).containsExactly("1", "2");
        }
        try (TestBroker broker = new TestBroker(folder)) {
            assertThat(broker.ids("two", 2)).containsExactly("1", "2");
        }
    }

    @Test
    void whatHasWaitedForTheRetentionIsGone() throws Exception {
        try (TestBroker broker = new TestBroker(folder, TestBroker.MANY, Duration.ofMillis(1))) {
            broker.queues().keep(Set.of("one"));
            broker.sink().write(List.of(TestBroker.message(1, "one")));

            broker.await(() -> {
                broker.expire("one");
                return broker.queues().totals().expired() == 1;
            });

            assertThat(broker.queues().status("one").orElseThrow().waiting()).isZero();
        }
    }

    @Test
    void theRetentionOutlivesARestart() throws Exception {
        try (TestBroker broker = new TestBroker(folder, TestBroker.MANY, Duration.ofSeconds(1))) {
            broker.queues().keep(Set.of("one"));
            broker.sink().write(List.of(TestBroker.message(1, "one")));
        }
        try (TestBroker broker = new TestBroker(folder, TestBroker.MANY, Duration.ofDays(1))) {
            broker.await(() -> {
                broker.expire("one");
                return broker.queues().totals().expired() == 1;
            });
        }
    }

    @Test
    void aFullGroupLosesTheNewestAndOthersNothing() throws Exception {
        try (TestBroker broker = new TestBroker(folder, 2, Duration.ofDays(1))) {
            broker.queues().keep(Set.of("full", "other"));
            broker.sink().write(List.of(TestBroker.message(1, "full")));
            assertThat(broker.ids("full", 1)).containsExactly("1");

            broker.sink().write(List.of(TestBroker.message(2, "full", "other"), TestBroker.message(3, "full", "other"),
                    TestBroker.message(4, "full")));

            assertThat(broker.ids("full", 2)).containsExactly("1", "2");
            assertThat(broker.ids("other", 2)).containsExactly("2", "3");
            assertThat(broker.queues().totals().full()).isEqualTo(2);
        }
    }

    @Test
    void moreThanFitsIntoMemoryWaitsOnDisk() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));
            byte[] payload = new byte[200_000];

            for (int batch = 0; batch < 5; batch++) {
                int first = 100 * batch;
                broker.sink().write(IntStream.range(first, first + 100)
                        .mapToObj(i -> TestBroker.message(i, payload, "one")).toList());
            }

            assertThat(broker.ids("one", 500)).isEqualTo(IntStream.range(0, 500).mapToObj(Integer::toString).toList());
            assertThat(broker.pages("one")).isTrue();
        }
    }

    @Test
    void theLargestMessageIsTaken() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));
            byte[] payload = new byte[1024 * 1024];

            broker.sink().write(List.of(TestBroker.message(1, payload, "one"), TestBroker.message(2, "one")));

            assertThat(broker.ids("one", 2)).containsExactly("1", "2");
        }
    }

    @Test
    void whenTheEngineHasStoppedWritingFails() throws Exception {
        TestBroker broker = new TestBroker(folder);
        broker.close();

        assertThatThrownBy(() -> broker.sink().write(List.of(TestBroker.message(1, "one"))))
                .isInstanceOf(UpstreamException.class);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
