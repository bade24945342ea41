package io.thingport.platform.store;

import static io.thingport.platform.store.TestChange.insert;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.TestChange.Delete;
import io.thingport.platform.store.TestChange.End;
import io.thingport.platform.store.TestChange.Insert;
import io.thingport.platform.store.TestChange.Outcome;
import io.thingport.platform.store.TestChange.Save;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupCommitWriterTest {

    private static final long SESSION = 77;

    private final TestLoop loop = new TestLoop();
    private StoreDatabase database;
    private GroupCommitWriter writer;

    private void open(Kind kind) {
        database = new StoreDatabase(kind);
        writer = new GroupCommitWriter(database.dataSource(), TestThreads.DAEMONS, WriterLimits.DEFAULTS,
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        writer.stop();
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsWrittenAndToldInOneTask(Kind kind) {
        open(kind);
        List<Insert> messages = List.of(insert(loop, SESSION, 1), insert(loop, SESSION, 2));
        messages.forEach(writer::insert);
        Save save = new Save(loop, 1, SESSION, 0);
        writer.submit(save);
        writer.start();
        loop.runNext();

        assertThat(loop.tasks()).isZero();
        assertThat(messages).extracting(Insert::outcome).containsOnly(Outcome.WRITTEN);
        assertThat(save.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(database.messagesOf(SESSION)).containsExactly(1L, 2L);
        assertThat(database.sessionOf(1)).containsExactly(SESSION);
        assertThat(writer.counters().batchSizes().count()).isEqualTo(1);
    }
}
