package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.store.SessionSource.StoredEntry;
import io.thingport.platform.store.SessionSource.StoredMessage;
import io.thingport.platform.store.SessionSource.StoredSession;
import io.thingport.platform.store.TestChange.Insert;
import io.thingport.platform.store.TestChange.Save;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseSessionsTest {

    private static final TopicName TOPIC = TopicName.of("/a1AbCdEfGhI/lamp_01/user/gét");

    private final TestLoop loop = new TestLoop();
    private StoreDatabase database;

    @ParameterizedTest
    @EnumSource
    void aSessionIsFoundAsItWasStored(Kind kind) {
        SessionState state = new SessionState(3, 1L << 32 | 7, SessionState.NEVER_EXPIRES, SessionState.CONNECTED, 5, 12,
                new SubscriptionState(List.of(new Subscription(new TopicFilter("/a1AbCdEfGhI/lamp_03/user/#"), true),
                        new Subscription(new TopicFilter("/sys/a1AbCdEfGhI/lamp_03/rrpc/request/+"), false)), true,
                        List.of(new TopicFilter("/sys/a1AbCdEfGhI/lamp_03/thing/service/+"))));
        write(kind, new Save(loop, state));

        assertThat(database.sessions(List.of(3L))).containsExactly(
                Map.entry(3L, new StoredSession(state, List.of())));
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsInASessionIsFoundWithItInItsOrder(Kind kind) {
        write(kind, new Save(loop, 3, 77, 0), new Save(loop, 4, 78, 0), message(77, 2, PublishProperties.NONE),
                message(77, 1, PublishProperties.NONE), message(78, 9, PublishProperties.NONE));

        assertThat(database.sessions(List.of(3L, 4L)).get(3L).messages()).containsExactly(
                new StoredEntry(1, 8, false, 1001, 100_001), new StoredEntry(2, 8, true, 1002, 100_002));
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNoSessionIsMissing(Kind kind) {
        write(kind, new Save(loop, 3, 77, 0));

        assertThat(database.sessions(List.of(3L, 4L))).containsOnlyKeys(3L);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsReadAsItWasWritten(Kind kind) {
        PublishProperties properties = new PublishProperties(OptionalInt.of(1), OptionalLong.of(60), Optional.of("text"),
                Optional.of(TOPIC), Optional.empty(), List.of(new UserProperty("k", "v")));
        write(kind, message(77, 1, properties));
        StoredMessage found = database.messages(77, 1, 10).get(0);

        assertThat(found.number()).isEqualTo(1);
        assertThat(found.message().topic()).isEqualTo(TOPIC);
        assertThat(found.message().qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(found.message().payload().toByteArray()).isEqualTo("message1".getBytes());
        assertThat(found.message().properties()).isEqualTo(properties);
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreReadAPageAtATime(Kind kind) {
        write(kind, LongStream.rangeClosed(1, 9).mapToObj(n -> message(77, n, PublishProperties.NONE))
                .toArray(Change[]::new));

        assertThat(database.messages(77, 4, 3)).extracting(StoredMessage::number).containsExactly(4L, 5L, 6L);
    }

    @ParameterizedTest
    @EnumSource
    void sessionsOf256DevicesAreReadWithTwoStatements(Kind kind) {
        write(kind, new Save(loop, 3, 77, 0), message(77, 1, PublishProperties.NONE));
        Statistics statistics = database.database.entities().unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        database.sessions(LongStream.rangeClosed(1, 256).boxed().toList());

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void moreDevicesThanOneStatementTakesAreFound(Kind kind) {
        write(kind, new Save(loop, 3, 77, 0), new Save(loop, 9, 79, 0));

        assertThat(database.sessions(LongStream.rangeClosed(-600, 9).boxed().toList())).containsOnlyKeys(3L, 9L);
    }

    @ParameterizedTest
    @EnumSource
    void everyRunHasAGreaterNumber(Kind kind) {
        database = new StoreDatabase(kind);
        long first = database.database.call(entities -> new DatabaseSessions(entities).nextRun());
        long second = database.database.call(entities -> new DatabaseSessions(entities).nextRun());

        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first);
    }

    private void write(Kind kind, Change... changes) {
        database = new StoreDatabase(kind);
        database.write(changes);
    }

    private Insert message(long sessionId, long number, PublishProperties properties) {
        return new Insert(loop, sessionId, number,
                Message.of(TOPIC, QoS.AT_LEAST_ONCE, Payload.utf8("message" + number), properties));
    }
}
