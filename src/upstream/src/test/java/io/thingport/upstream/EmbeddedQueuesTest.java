package io.thingport.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedQueuesTest {

    @TempDir
    private Path folder;

    @Test
    void queuesAreThoseOfTheGroupsAndNoOthers() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one", "two"));
            broker.queues().keep(Set.of("two", "three"));

            assertThat(broker.queues().status("one")).isEmpty();
            assertThat(broker.queues().status("two")).isPresent();
            assertThat(broker.queues().status("three")).isPresent();
        }
    }

    @Test
    void aQueueThatIsKeptKeepsWhatWaitsInIt() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));
            broker.sink().write(List.of(TestBroker.message(1, "one")));

            broker.queues().keep(Set.of("one", "two"));

            assertThat(broker.ids("one", 1)).containsExactly("1");
        }
    }

    @Test
    void aQueueMadeAnewIsEmpty() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));
            broker.sink().write(List.of(TestBroker.message(1, "one")));
            broker.queues().keep(Set.of());

            broker.queues().keep(Set.of("one"));

            assertThat(broker.ids("one", 0)).isEmpty();
        }
    }

    @Test
    void anAddressWithoutItsQueueIsRemoved() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.makeAddress("half-removed");

            broker.queues().keep(Set.of("one"));

            assertThat(broker.hasAddress("half-removed")).isFalse();
            assertThat(broker.queues().status("one")).isPresent();
        }
    }

    @Test
    void queuesOutliveARestart() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));
        }
        try (TestBroker broker = new TestBroker(folder)) {
            assertThat(broker.queues().status("one")).isPresent();
        }
    }

    @Test
    void theStatusTellsWhatWaits() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one"));
            broker.sink().write(List.of(TestBroker.message(1, "one"), TestBroker.message(2, "one")));

            broker.ids("one", 2);

            assertThat(broker.queues().status("one").orElseThrow().waiting()).isEqualTo(2);
            assertThat(broker.queues().status("one").orElseThrow().consumers()).isEmpty();
            assertThat(broker.queues().totals().waiting()).isEqualTo(2);
        }
    }

    @Test
    void clearingDropsWhatWaitsAndTellsHowMuch() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            broker.queues().keep(Set.of("one", "two"));
            broker.sink().write(List.of(TestBroker.message(1, "one", "two"), TestBroker.message(2, "one")));

            broker.ids("one", 2);

            assertThat(broker.queues().clear("one")).isEqualTo(2);

            assertThat(broker.ids("one", 0)).isEmpty();
            assertThat(broker.ids("two", 1)).containsExactly("1");
            assertThat(broker.queues().clear("none")).isZero();
        }
    }
}
