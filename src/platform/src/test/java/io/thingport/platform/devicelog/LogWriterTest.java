package io.thingport.platform.devicelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.config.Settings;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.Eventually;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogWriterTest {

    private static final long NOW = 1_790_000_000_000L;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration SOON = Duration.ofMillis(2);
    private static final LogWriter.Times FAST = new LogWriter.Times(SOON, SOON, SOON, SOON, Duration.ofSeconds(10));

    private final DeviceLog log = new DeviceLog(5_000);
    private final LiveLog live = new LiveLog();
    private TestDatabase database;
    private LogWriter writer;
    private volatile boolean away;

    @AfterEach
    void stop() {
        away = false;
        writer.stop();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAddedIsWritten(Kind kind) {
        start(kind, 1_000_000);
        LogEntry entry = Entries.everything(NOW);
        log.add(entry);

        Eventually.until("it is written", () -> writer.counters().written() == 1);
        LogEntry found = lines().get(0).entry();
        assertThat(found).usingRecursiveComparison().isEqualTo(entry);
        assertThat(log.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aStopWritesWhatWaits(Kind kind) {
        open(kind, 1_000_000);
        IntStream.range(0, 2_500).forEach(i -> log.add(Entries.publish(NOW + i, "lamp_1")));
        writer.start();

        writer.stop();

        assertThat(writer.counters().written()).isEqualTo(2_500);
        assertThat(writer.counters().kept()).isEqualTo(2_500);
    }

    @ParameterizedTest
    @EnumSource
    void whileTheDatabaseIsAwayEntriesWaitAndAreShown(Kind kind) {
        start(kind, 1_000_000);
        begin();
        LogFollower follower = live.follow(LogFilter.ALL, "key", OptionalLong.empty(), () -> { }).orElseThrow();
        away = true;
        log.add(Entries.publish(NOW, "lamp_1"));
        Eventually.until("writing fails", () -> writer.counters().failing());
        Eventually.until("it is shown", () -> follower.next().isPresent());
        assertThat(writer.counters().oldestWaiting()).isEqualTo(Duration.ZERO);

        away = false;

        Eventually.until("it is written", () -> writer.counters().written() == 2);
        assertThat(writer.counters().failing()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whileTheDatabaseIsAwayOnlyTheBoundWaits(Kind kind) {
        start(kind, 1_000_000);
        begin();
        away = true;
        IntStream.range(0, 6_000).forEach(i -> log.add(Entries.publish(NOW + i, "lamp_1")));

        assertThat(log.waiting()).isEqualTo(5_000);
        assertThat(writer.counters().dropped()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatTheDatabaseNeverTakesIsLeftOut(Kind kind) {
        open(kind, 1_000_000);
        log.add(Entries.publish(NOW, "lamp_1"));
        log.add(Entries.publish(NOW + 1, "x".repeat(100)));
        log.add(Entries.publish(NOW + 2, "lamp_2"));
        writer.start();

        Eventually.until("the others are written", () -> writer.counters().written() == 2);
        assertThat(writer.counters().refused()).isOne();
        assertThat(lines()).extracting(line -> line.entry().deviceName().orElseThrow()).containsExactly("lamp_2", "lamp_1");
        assertThat(log.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void oneWhoCannotBeWokenKeepsNothingFromBeingWrittenAndShown(Kind kind) {
        open(kind, 1_000_000);
        LogFollower broken = live.follow(LogFilter.ALL, "key", OptionalLong.empty(), () -> {
            throw new IllegalStateException("by the test");
        }).orElseThrow();
        AtomicBoolean woken = new AtomicBoolean();
        LogFollower other = live.follow(LogFilter.ALL, "key", OptionalLong.empty(), () -> woken.set(true)).orElseThrow();
        assertThat(broken.next()).isEmpty();
        assertThat(other.next()).isEmpty();
        writer.start();

        begin();

        assertThat(woken).isTrue();
        assertThat(broken.ended()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void aTurnThatFailsIsNotTheLast(Kind kind) {
        open(kind, 1_000_000);
        AtomicBoolean fails = new AtomicBoolean(true);
        LogFollower follower = live.follow(LogFilter.ALL, "key", OptionalLong.empty(), () -> {
            if (fails.compareAndSet(true, false)) {
                throw new AssertionError("by the test");
            }
        }).orElseThrow();
        assertThat(follower.next()).isEmpty();
        writer.start();

        begin();

        assertThat(fails).isFalse();
        assertThat(lines()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aTextWithTheCharacterZeroIsWritten(Kind kind) {
        start(kind, 1_000_000);
        log.add(Entries.refusal(NOW, "lamp_1", "client id a\0b"));

        Eventually.until("it is written", () -> writer.counters().written() == 1);
        assertThat(lines().get(0).entry().reason()).contains("client id a\uFFFDb");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooOldIsDeleted(Kind kind) {
        start(kind, 1_000_000);
        log.add(Entries.publish(NOW - WEEK.toMillis() - 1, "lamp_1"));
        log.add(Entries.publish(NOW - WEEK.toMillis(), "lamp_2"));

        Eventually.until("one is deleted", () -> writer.counters().deleted() == 1);
        assertThat(lines()).extracting(line -> line.entry().deviceName()).containsExactly(Optional.of("lamp_2"));
    }

    @ParameterizedTest
    @EnumSource
    void ofTooManyTheOldestGo(Kind kind) {
        open(kind, 1_000);
        IntStream.range(0, 3_500).forEach(i -> log.add(Entries.publish(NOW + i, "lamp_" + i)));
        writer.start();

        Eventually.until("a thousand are left", () -> writer.counters().deleted() == 2_500);
        assertThat(writer.counters().kept()).isEqualTo(1_000);
        assertThat(lines()).hasSize(1_000).first().extracting(LogLine::entry).extracting(LogEntry::deviceName)
                .isEqualTo(Optional.of("lamp_3499"));
    }

    @ParameterizedTest
    @EnumSource
    void anotherRunGoesOnBehindTheLastLine(Kind kind) {
        start(kind, 1_000_000);
        log.add(Entries.publish(NOW + 60_000, "lamp_1")); // the clock is set back afterwards
        Eventually.until("it is written", () -> writer.counters().written() == 1);
        writer.stop();

        LogWriter next = writer(1_000_000);
        next.start();
        log.add(Entries.publish(NOW, "lamp_2"));
        next.stop();

        assertThat(next.counters().written()).isOne();
        assertThat(next.counters().kept()).isEqualTo(2);
        assertThat(lines()).extracting(line -> line.entry().deviceName().orElseThrow()).containsExactly("lamp_2", "lamp_1");
    }

    private void begin() {
        log.add(Entries.publish(NOW, "lamp_0"));
        Eventually.until("the writer has begun", () -> writer.counters().written() == 1);
    }

    private List<LogLine> lines() {
        return database.call(entities -> new LogReader(entities).lines(
                new LogQuery(LogFilter.ALL, Optional.empty(), Optional.empty()), 0, 10_000));
    }

    private void start(Kind kind, int entries) {
        open(kind, entries);
        writer.start();
    }

    private void open(Kind kind, int entries) {
        database = TestDatabase.open(kind);
        writer = writer(entries);
    }

    private LogWriter writer(int entries) {
        return new LogWriter(log, live, sometimesAway(database.dataSource()), task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }, new Settings.Log(LogLevel.EVENTS, WEEK, entries), Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), FAST);
    }

    private DataSource sometimesAway(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (away) {
                        throw new SQLException("by the test");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
