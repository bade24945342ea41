package io.thingport.platform.store;

import static io.thingport.platform.store.Eventually.until;
import static io.thingport.platform.store.TestChange.insert;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.TestChange.Delete;
import io.thingport.platform.store.TestChange.End;
import io.thingport.platform.store.TestChange.Insert;
import io.thingport.platform.store.TestChange.Outcome;
import io.thingport.platform.store.TestChange.Save;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupCommitWriterTest {

    private static final long SESSION = 77;
    private static final long OTHER_SESSION = 78;
    private static final WriterLimits LIMITS = new WriterLimits(3000, 4_000_000, 1000, 1_000_000, 500,
            Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(5));

    private final TestLoop loop = new TestLoop();
    private StoreDatabase database;
    private FaultyDatabase faults;
    private GroupCommitWriter writer;

    private void open(Kind kind) {
        open(kind, LIMITS);
    }

    private void open(Kind kind, WriterLimits limits) {
        database = new StoreDatabase(kind);
        faults = new FaultyDatabase(database.dataSource());
        writer = new GroupCommitWriter(faults.dataSource(), TestThreads.DAEMONS, limits, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        faults.fails(FaultyDatabase.NONE);
        writer.stop();
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsWrittenAndToldInOneTask(Kind kind) {
        open(kind);
        List<Insert> messages = inserts(1, 2);
        Save save = submit(new Save(loop, 1, SESSION, 0));
        writer.start();
        loop.runNext();

        assertThat(loop.tasks()).isZero();
        assertThat(messages).extracting(Insert::outcome).containsOnly(Outcome.WRITTEN);
        assertThat(save.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(database.messagesOf(SESSION)).containsExactly(1L, 2L);
        assertThat(database.sessionOf(1)).containsExactly(SESSION);
        assertThat(writer.counters().batchSizes().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatComesLaterIsWrittenWithoutBeingAskedFor(Kind kind) {
        open(kind);
        writer.start();
        inserts(1, 1);
        loop.runNext();
        inserts(2, 2);
        loop.runNext();

        assertThat(database.messagesOf(SESSION)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatWasTakenBackIsNotWrittenAndNobodyIsTold(Kind kind) {
        open(kind);
        List<Insert> messages = inserts(1, 2);
        messages.get(0).takeBack();
        writer.start();
        loop.runNext();

        assertThat(database.messagesOf(SESSION)).containsExactly(2L);
        assertThat(messages.get(0).told()).isZero();
        assertThat(writer.counters().cancelled()).isEqualTo(1);
        until("nothing waits", () -> writer.counters().waitingRows() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsInsertedBeforeItIsDeleted(Kind kind) {
        open(kind);
        Delete delete = submit(new Delete(loop, SESSION, 1, 2));
        inserts(1, 3);
        writer.start();
        loop.runNext();

        assertThat(database.messagesOf(SESSION)).containsExactly(3L);
        assertThat(delete.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(writer.counters().deleted()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfOtherSessionsAreNotDeleted(Kind kind) {
        open(kind);
        inserts(1, 1);
        writer.insert(insert(loop, OTHER_SESSION, 1));
        submit(new Delete(loop, SESSION, 1, 1));
        writer.start();
        loop.runNext();

        assertThat(database.messagesOf(OTHER_SESSION)).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void theLastStateOfADevicesSessionIsStored(Kind kind) {
        open(kind);
        submit(new Save(loop, 1, SESSION, 3));
        submit(new Save(loop, 1, SESSION, 5));
        writer.start();
        loop.runNext();
        submit(new Save(loop, 1, OTHER_SESSION, 7));
        loop.runNext();

        assertThat(database.numbers("select sent_through from mqtt_session where session_id = " + OTHER_SESSION))
                .containsExactly(7L);
        assertThat(database.numbers("select count(*) from mqtt_session")).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void anEndedSessionIsNotFoundAgain(Kind kind) {
        open(kind);
        submit(new Save(loop, 1, SESSION, 0));
        writer.start();
        loop.runNext();
        End end = submit(new End(loop, SESSION));
        loop.runNext();

        assertThat(end.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(database.sessionOf(1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfASessionLeavesTheDevicesNewerOneAlone(Kind kind) {
        open(kind);
        submit(new Save(loop, 1, OTHER_SESSION, 0));
        submit(new End(loop, SESSION));
        writer.start();
        loop.runNext();

        assertThat(database.sessionOf(1)).containsExactly(OTHER_SESSION);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatBeginsAndEndsInOneTransactionLeavesItsDeviceWithout(Kind kind) {
        open(kind);
        database.execute("insert into mqtt_session (device_id, session_id, expiry_seconds, expires_at, run, sent_through,"
                + " subscriptions) values (1, " + OTHER_SESSION + ", 0, 0, 0, 0, cast('' as bytea))");
        submit(new Save(loop, 1, SESSION, 0));
        submit(new End(loop, SESSION));
        writer.start();
        loop.runNext();

        assertThat(database.sessionOf(1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void endingAnEndedSessionIsHarmless(Kind kind) {
        open(kind);
        database.execute("insert into ended_session (session_id) values (" + SESSION + ")");
        End end = submit(new End(loop, SESSION));
        writer.start();
        loop.runNext();

        assertThat(end.outcome()).isEqualTo(Outcome.WRITTEN);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionHoldsNoMoreRowsThanItMay(Kind kind) {
        open(kind);
        inserts(1, 2500);
        writer.start();
        for (int i = 0; i < 3; i++) {
            loop.runNext();
        }

        assertThat(database.messagesOf(SESSION)).hasSize(2500);
        assertThat(writer.counters().batchSizes().count()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionHoldsNoMoreBytesThanItMay(Kind kind) {
        open(kind);
        for (int number = 1; number <= 3; number++) {
            writer.insert(sized(number, 600_000));
        }
        writer.start();
        loop.runNext();
        loop.runNext();

        assertThat(database.messagesOf(SESSION)).hasSize(3);
        assertThat(writer.counters().batchSizes().count()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRowAtFaultIsRefusedAloneWhereverItStands(Kind kind) {
        open(kind);
        database.execute("alter table offline_message add constraint poison"
                + " check (number <> 1 and number <> 333 and number <> 1000)");
        try {
            List<Insert> messages = inserts(1, 1000);
            writer.start();
            until("all are told", () -> {
                runPosted();
                return messages.stream().allMatch(m -> m.told() == 1);
            });

            assertThat(messages).filteredOn(m -> m.outcome() == Outcome.REFUSED).extracting(Insert::number)
                    .containsExactly(1L, 333L, 1000L);
            assertThat(database.messagesOf(SESSION)).hasSize(997);
            assertThat(writer.counters().refused()).isEqualTo(3);
        } finally {
            database.execute("alter table offline_message drop constraint poison");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSessionOfADeletedDeviceIsRefused(Kind kind) {
        open(kind);
        Save save = submit(new Save(loop, 4711, SESSION, 0));
        writer.start();
        loop.runNext();

        assertThat(save.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(writer.status()).isEqualTo(StoreStatus.WRITING);
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatCannotBeReadIsRefusedWhenOthersCanBeWritten(Kind kind) {
        open(kind);
        inserts(1, 5);
        Insert unreadable = new Insert(loop, SESSION, 6, sized(6, 1).message()) {
            @Override
            public boolean sent() {
                throw new IllegalStateException("by the test");
            }
        };
        writer.insert(unreadable);
        inserts(7, 9);
        writer.start();
        until("all are told", () -> {
            runPosted();
            return unreadable.told() > 0 && database.messagesOf(SESSION).size() == 8;
        });

        assertThat(unreadable.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(database.messagesOf(SESSION)).doesNotContain(6L);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfUnknownKindThatHitsAllRefusesNothing(Kind kind) {
        open(kind);
        faults.fails(FaultyDatabase.always("insert into offline_message", "42501"));
        List<Insert> messages = inserts(1, 3);
        writer.start();
        until("several attempts", () -> writer.counters().retries() > 10);
        assertThat(writer.status().failingSince()).isPresent();
        faults.fails(FaultyDatabase.NONE);
        until("all are told", () -> {
            runPosted();
            return messages.stream().allMatch(m -> m.told() == 1);
        });

        assertThat(messages).extracting(Insert::outcome).containsOnly(Outcome.WRITTEN);
        assertThat(writer.counters().refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentDatabaseIsWaitedFor(Kind kind) {
        open(kind);
        faults.fails(FaultyDatabase.always(FaultyDatabase.OPEN, "08001"));
        List<Insert> messages = inserts(1, 2);
        writer.start();
        until("several attempts", () -> writer.counters().retries() > 5);
        assertThat(writer.status().failingSince()).isPresent();
        assertThat(writer.status().problem()).hasValueSatisfying(text -> assertThat(text).contains("08001"));
        faults.fails(FaultyDatabase.NONE);
        loop.runNext();

        assertThat(messages).extracting(Insert::outcome).containsOnly(Outcome.WRITTEN);
        assertThat(writer.status()).isEqualTo(StoreStatus.WRITING);
    }

    /** A pool's time-out, for one, has no SQLState. */
    @ParameterizedTest
    @EnumSource
    void aConnectionThatCannotBeOpenedIsNoRowsFault(Kind kind) {
        open(kind);
        faults.fails(FaultyDatabase.always(FaultyDatabase.OPEN, "00000"));
        Insert message = inserts(1, 1).get(0);
        writer.start();
        until("several attempts", () -> writer.counters().retries() > 10);
        faults.fails(FaultyDatabase.NONE);
        loop.runNext();

        assertThat(message.outcome()).isEqualTo(Outcome.WRITTEN);
    }

    @ParameterizedTest
    @EnumSource
    void anIdleWriterNoticesThatTheDatabaseIsBack(Kind kind) {
        open(kind);
        faults.fails(FaultyDatabase.always(FaultyDatabase.OPEN, "08001"));
        writer.start();
        until("it notices that it is away", () -> writer.status().failingSince().isPresent());
        faults.fails(FaultyDatabase.NONE);

        until("it notices that it is back", () -> writer.status().equals(StoreStatus.WRITING));
    }

    @ParameterizedTest
    @EnumSource
    void aCommitThatHappenedAndFailedIsRepeatedWithoutHarm(Kind kind) {
        open(kind);
        inserts(1, 2);
        submit(new Save(loop, 1, SESSION, 1));
        writer.start();
        loop.runNext();
        faults.fails(FaultyDatabase.times(2, FaultyDatabase.COMMITTED, "08006"));
        List<Insert> messages = inserts(3, 4);
        Save save = submit(new Save(loop, 1, OTHER_SESSION, 2));
        End end = submit(new End(loop, SESSION));
        until("all are told", () -> {
            runPosted();
            return end.told() > 0 && messages.stream().allMatch(m -> m.told() > 0);
        });

        assertThat(messages).extracting(Insert::told).containsOnly(1);
        assertThat(save.told()).isEqualTo(1);
        assertThat(database.messagesOf(SESSION)).doesNotHaveDuplicates();
        assertThat(database.sessionOf(1)).containsExactly(OTHER_SESSION);
        assertThat(writer.counters().refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCommitThatDidNotHappenIsRepeated(Kind kind) {
        open(kind);
        faults.fails(FaultyDatabase.times(2, FaultyDatabase.COMMIT, "40001"));
        List<Insert> messages = inserts(1, 2);
        writer.start();
        loop.runNext();

        assertThat(database.messagesOf(SESSION)).containsExactly(1L, 2L);
        assertThat(messages).extracting(Insert::taken).containsOnly(1);
        assertThat(writer.counters().retries()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void moreMessagesThanMayWaitAreRefusedAndCounted(Kind kind) {
        open(kind);
        inserts(1, 3000);

        assertThat(writer.insert(insert(loop, SESSION, 3001))).isFalse();
        assertThat(writer.counters().queueRefusals()).isEqualTo(1);
        assertThat(writer.counters().waitingRows()).isEqualTo(3000);
        Save save = submit(new Save(loop, 1, SESSION, 0));
        writer.start();
        until("all is written", () -> {
            runPosted();
            return save.told() == 1 && writer.counters().waitingRows() == 0;
        });

        assertThat(writer.insert(insert(loop, SESSION, 3001))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void moreBytesThanMayWaitAreRefusedAndCounted(Kind kind) {
        open(kind);
        for (int number = 1; number <= 4; number++) {
            writer.insert(sized(number, 990_000));
        }
        long bytes = writer.counters().waitingBytes();

        assertThat(writer.insert(sized(5, 990_000))).isFalse();
        assertThat(writer.counters().queueRefusals()).isEqualTo(1);
        assertThat(writer.counters().waitingBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void aLoopWithAFullQueueIsToldLater(Kind kind) {
        open(kind);
        TestLoop free = new TestLoop();
        loop.full(true);
        List<Insert> messages = inserts(1, 2);
        writer.insert(insert(free, OTHER_SESSION, 1));
        writer.start();
        free.runNext();
        until("those of the full loop are left", () -> writer.counters().waitingRows() == 2);
        loop.full(false);
        loop.runNext();

        assertThat(messages).extracting(Insert::told).containsOnly(1);
        until("nothing waits", () -> writer.counters().waitingRows() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsStillWrittenWhenItStops(Kind kind) {
        open(kind);
        inserts(1, 2500);
        writer.start();
        writer.stop();

        assertThat(database.messagesOf(SESSION)).hasSize(2500);
        assertThat(writer.insert(insert(loop, SESSION, 2501))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void itStopsWithoutTheDatabase(Kind kind) {
        open(kind, new WriterLimits(10, 1000, 10, 1000, 10, Duration.ofMillis(1), Duration.ofMillis(1),
                Duration.ofMillis(20)));
        faults.fails(FaultyDatabase.always(FaultyDatabase.OPEN, "08001"));
        inserts(1, 2);
        writer.start();
        writer.stop();

        assertThat(writer.status().problem()).contains("the writer has ended");
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfEndedSessionsAreDeletedInSlices(Kind kind) {
        open(kind);
        inserts(1, 1200);
        writer.insert(insert(loop, OTHER_SESSION, 1));
        submit(new End(loop, SESSION));
        writer.start();
        until("the session is forgotten", () -> database.numbers("select session_id from ended_session").isEmpty());
        until("it is counted", () -> writer.counters().purged() == 1200);

        assertThat(database.messagesOf(SESSION)).isEmpty();
        assertThat(database.messagesOf(OTHER_SESSION)).containsExactly(1L);
        assertThat(faults.done().stream().filter(WriterConnection.PURGE::equals)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsComesBeforeTheNextSlice(Kind kind) {
        open(kind);
        inserts(1, 600);
        submit(new End(loop, SESSION));
        Insert urgent = insert(loop, OTHER_SESSION, 1);
        faults.fails(point -> {
            if (point.equals(WriterConnection.PURGE) && urgent.taken() == 0) {
                writer.insert(urgent);
            }
        });
        writer.start();
        until("all are purged", () -> writer.counters().purged() == 600);

        List<String> done = List.copyOf(faults.done());
        int first = done.indexOf(WriterConnection.PURGE);
        int last = done.lastIndexOf(WriterConnection.PURGE);
        assertThat(done.subList(first + 1, last)).anyMatch(sql -> sql.startsWith("insert into offline_message"));
    }

    @ParameterizedTest
    @EnumSource
    void whatAnEarlierRunLeftIsPurged(Kind kind) {
        open(kind);
        database.execute("insert into ended_session (session_id) values (" + SESSION + ")");
        writer.start();

        until("the session is forgotten", () -> database.numbers("select session_id from ended_session").isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void aWriterThatAlwaysHasMoreToDoDeletesThemToo(Kind kind) {
        open(kind);
        inserts(1, 600);
        submit(new End(loop, SESSION));
        AtomicLong number = new AtomicLong();
        faults.fails(point -> {
            if (writer.counters().purged() == 0) {
                writer.insert(insert(loop, OTHER_SESSION, number.incrementAndGet()));
            }
        });
        writer.start();

        until("all are purged", () -> writer.counters().purged() == 600);
    }

    private List<Insert> inserts(long from, long to) {
        List<Insert> messages = LongStream.rangeClosed(from, to).mapToObj(n -> insert(loop, SESSION, n)).toList();
        messages.forEach(writer::insert);
        return messages;
    }

    private Insert sized(long number, int bytes) {
        return new Insert(loop, SESSION, number, Message.of(TopicName.of("/a1AbCdEfGhI/lamp_01/user/get"),
                QoS.AT_LEAST_ONCE, Payload.of(new byte[bytes])));
    }

    private <C extends Change> C submit(C change) {
        writer.submit(change);
        return change;
    }

    private void runPosted() {
        while (loop.tasks() > 0) {
            loop.runNext();
        }
    }
}
