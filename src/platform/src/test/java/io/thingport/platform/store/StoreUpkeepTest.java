package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.TestChange.Save;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreUpkeepTest {

    private static final long NOW = 1_000_000;
    private static final long RUN = 5;

    private final TestLoop loop = new TestLoop();
    private final List<DeviceKey> refreshed = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(TestThreads.DAEMONS);
    private StoreDatabase database;

    @AfterEach
    void stop() {
        scheduler.shutdown();
    }

    @ParameterizedTest
    @EnumSource
    void theLoopsOfDevicesThatTimeHasPassedByAreTold(Kind kind) {
        database = new StoreDatabase(kind);
        database.write(save(1, NOW - 1, RUN), save(2, SessionState.CONNECTED, RUN - 1),
                save(3, SessionState.NEVER, RUN), TestChange.insert(loop, 103, 1), save(4, NOW + 1, RUN));

        assertThat(slice()).isEqualTo(StoreUpkeep.PERIOD);
        assertThat(refreshed).containsExactly(lamp(1), lamp(2), lamp(3));
    }

    @ParameterizedTest
    @EnumSource
    void afterAFullSliceTheNextOneFollowsSoon(Kind kind) {
        database = new StoreDatabase(kind);
        database.write(LongStream.rangeClosed(1, StoreUpkeep.SLICE).mapToObj(id -> TestChange.insert(loop, id, 1))
                .toArray(Change[]::new));

        assertThat(slice()).isEqualTo(StoreUpkeep.NEXT_SLICE);
        assertThat(database.numbers("select count(*) from ended_session")).containsExactly((long) StoreUpkeep.SLICE);
    }

    private Duration slice() {
        return database.database.call(entities -> new StoreUpkeep(new DueSessions(entities), new SessionIds(RUN),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), scheduler, refreshed::add).slice());
    }

    private Save save(long deviceId, long expiresMillis, long run) {
        return new Save(loop, new SessionState(deviceId, 100 + deviceId, 60, expiresMillis, run, 0, SubscriptionState.NONE));
    }

    private static DeviceKey lamp(int number) {
        return new DeviceKey(StoreDatabase.PRODUCT_KEY, "lamp_" + number);
    }
}
