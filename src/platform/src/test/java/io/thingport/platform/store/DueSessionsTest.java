package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.DueSessions.ExpiredMessages;
import io.thingport.platform.store.TestChange.Save;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DueSessionsTest {

    private static final long NOW = 1_000_000;
    private static final long RUN = 5;

    private final TestLoop loop = new TestLoop();
    private StoreDatabase database;

    @ParameterizedTest
    @EnumSource
    void expiredSessionsAreFoundTheOldestFirst(Kind kind) {
        database = new StoreDatabase(kind);
        database.write(save(1, NOW - 1, RUN), save(2, NOW, RUN), save(3, NOW - 2, RUN), save(4, SessionState.NEVER, RUN),
                save(5, SessionState.CONNECTED, RUN));

        assertThat(expired(10)).containsExactly(lamp(3), lamp(1));
        assertThat(expired(1)).containsExactly(lamp(3));
    }

    @ParameterizedTest
    @EnumSource
    void sessionsLeftConnectedByAnEarlierRunAreFound(Kind kind) {
        database = new StoreDatabase(kind);
        database.write(save(1, SessionState.CONNECTED, RUN), save(2, SessionState.CONNECTED, RUN - 1),
                save(3, SessionState.NEVER, RUN - 1), save(4, NOW, RUN - 1));

        assertThat(leftConnected()).containsExactly(lamp(2));
    }

    @ParameterizedTest
    @EnumSource
    void devicesWithExpiredMessagesAreFoundOnce(Kind kind) {
        database = new StoreDatabase(kind);
        database.write(save(1, SessionState.NEVER, RUN), save(2, SessionState.NEVER, RUN),
                TestChange.insert(loop, 101, 1), TestChange.insert(loop, 101, 2), TestChange.insert(loop, 102, 900_000));

        assertThat(withExpiredMessages())
                .isEqualTo(new ExpiredMessages(List.of(lamp(1)), List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void expiredMessagesOfNobodyAreFoundAndDeleted(Kind kind) {
        database = new StoreDatabase(kind);
        database.write(TestChange.insert(loop, 4711, 1));
        ExpiredMessages found = withExpiredMessages();
        assertThat(found).isEqualTo(new ExpiredMessages(List.of(), List.of(4711L)));
        for (int i = 0; i < 2; i++) { // a second time is harmless
            database.database.run(entities -> new DueSessions(entities).end(found.orphans()));
        }
        GroupCommitWriter writer = new GroupCommitWriter(database.dataSource(), TestThreads.DAEMONS,
                WriterLimits.DEFAULTS, Clock.systemUTC());
        writer.start();
        Eventually.until("it is deleted", () -> database.messagesOf(4711).isEmpty());
        writer.stop();
    }

    private List<DeviceKey> expired(int limit) {
        return database.database.call(entities -> new DueSessions(entities).expired(NOW, limit));
    }

    private List<DeviceKey> leftConnected() {
        return database.database.call(entities -> new DueSessions(entities).leftConnected(RUN, 10));
    }

    private ExpiredMessages withExpiredMessages() {
        return database.database.call(entities -> new DueSessions(entities).withExpiredMessages(NOW, 10));
    }

    private Save save(long deviceId, long expiresMillis, long run) {
        return new Save(loop, new SessionState(deviceId, 100 + deviceId, 60, expiresMillis, run, 0, SubscriptionState.NONE));
    }

    private static DeviceKey lamp(int number) {
        return new DeviceKey(StoreDatabase.PRODUCT_KEY, "lamp_" + number);
    }
}
