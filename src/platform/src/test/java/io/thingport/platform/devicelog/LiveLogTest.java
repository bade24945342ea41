package io.thingport.platform.devicelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.devicelog.LogEvent.Gap;
import io.thingport.platform.devicelog.LogEvent.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LiveLogTest {

    private final LiveLog live = new LiveLog();
    private int woken;

    @Test
    void whoFollowsSeesWhatComes() {
        LogFollower follower = follow(LogFilter.ALL);
        show(1, 2);

        assertThat(ids(follower)).containsExactly(1L, 2L);
    }

    @Test
    void whatIsNotWantedIsNotSeen() {
        LogFollower follower = follow(device("lamp_2"));
        live.show(List.of(new LogLine(1, Entries.publish(1, "lamp_1")), new LogLine(2, Entries.publish(2, "lamp_2"))));

        assertThat(ids(follower)).containsExactly(2L);
    }

    @Test
    void aFollowerIsWokenOnceWhenItHadNothing() {
        LogFollower follower = follow(LogFilter.ALL);
        assertThat(follower.next()).isEmpty();
        show(1, 2);
        show(3);

        assertThat(woken).isOne();
    }

    @Test
    void thePositionGoesOnThoughNothingIsWanted() {
        LogFollower follower = follow(device("lamp_2"));
        follower.next();
        show(7);

        assertThat(follower.position()).isEqualTo(7);
    }

    @Test
    void whoComesAgainGoesOnWhereItWas() {
        show(1, 2, 3);

        assertThat(ids(follow(1))).containsExactly(2L, 3L);
    }

    @Test
    void whatIsNotKeptAnyMoreIsAGap() {
        live.show(lines(1, LiveLog.LINES_MAXIMUM + 5));

        assertThat(follow(3).next()).contains(new Gap(5, OptionalLong.empty()));
    }

    @Test
    void whatIsKeptIsSeenFromItsBeginning() {
        live.show(lines(1, LogFollower.LINES_MAXIMUM + 5));

        assertThat(ids(follow(5))).hasSize(LogFollower.LINES_MAXIMUM);
    }

    @Test
    void aPlaceBeforeTheStartIsAGap() {
        live.begin(100);

        assertThat(follow(99).next()).contains(new Gap(100, OptionalLong.empty()));
    }

    @Test
    void aPlaceThatHasNotBeenYetIsAGap() {
        show(1);

        assertThat(follow(99).next()).contains(new Gap(0, OptionalLong.empty()));
    }

    @Test
    void aSlowFollowerLearnsHowMuchItMissed() {
        LogFollower follower = follow(LogFilter.ALL);
        live.show(lines(1, LogFollower.LINES_MAXIMUM + 3));

        assertThat(ids(follower)).hasSize(LogFollower.LINES_MAXIMUM);
        assertThat(live.counters().missed()).isEqualTo(3);
    }

    @Test
    void behindAGapItGoesOn() {
        LogFollower follower = follow(LogFilter.ALL);
        live.show(lines(1, LogFollower.LINES_MAXIMUM + 3));
        IntStream.range(0, LogFollower.LINES_MAXIMUM).forEach(i -> follower.next());

        assertThat(follower.next()).contains(new Gap(LogFollower.LINES_MAXIMUM + 3, OptionalLong.of(3)));
        assertThat(follower.next()).isEmpty();
        show(10_000);
        assertThat(ids(follower)).containsExactly(10_000L);
    }

    @Test
    void aKeyThatIsGoneEndsItsFollowers() {
        LogFollower follower = follow(LogFilter.ALL);
        live.keyRevoked("other");
        assertThat(follower.ended()).isFalse();
        live.keyRevoked("key");

        assertThat(follower.ended()).isTrue();
        assertThat(woken).isOne();
    }

    @Test
    void oneKeyHasSoManyFollowersAndNoMore() {
        IntStream.range(0, LiveLog.KEY_FOLLOWERS_MAXIMUM).forEach(i -> follow(LogFilter.ALL));

        assertThat(live.follow(LogFilter.ALL, "key", OptionalLong.empty(), () -> { })).isEmpty();
        assertThat(live.follow(LogFilter.ALL, "other", OptionalLong.empty(), () -> { })).isPresent();
        assertThat(live.counters().refused()).isOne();
    }

    @Test
    void whoIsClosedMakesRoom() {
        follow(LogFilter.ALL).close();

        assertThat(live.counters().followers()).isZero();
    }

    private LogFollower follow(LogFilter filter) {
        return live.follow(filter, "key", OptionalLong.empty(), () -> woken++).orElseThrow();
    }

    private LogFollower follow(long after) {
        return live.follow(LogFilter.ALL, "key", OptionalLong.of(after), () -> woken++).orElseThrow();
    }

    private void show(long... ids) {
        live.show(LongStream.of(ids).mapToObj(LiveLogTest::line).toList());
    }

    private static List<LogLine> lines(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(LiveLogTest::line).toList();
    }

    private static LogLine line(long id) {
        return new LogLine(id, Entries.publish(id, "lamp_1"));
    }

    private static LogFilter device(String name) {
        return new LogFilter(Set.of(Entries.PRODUCT_KEY), Optional.of(name), Optional.empty(), Set.of(), Optional.empty(),
                OptionalLong.empty(), Optional.empty());
    }

    private static List<Long> ids(LogFollower follower) {
        List<Long> ids = new ArrayList<>();
        while (follower.next().orElse(new Gap(0, OptionalLong.empty())) instanceof Shown shown) {
            ids.add(shown.position());
        }
        return ids;
    }
}
