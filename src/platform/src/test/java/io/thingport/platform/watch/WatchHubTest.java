package io.thingport.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.watch.WatchEvent.Gap;
import io.thingport.platform.watch.WatchEvent.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Who watches, and what of it. */
class WatchHubTest {

    private static final String PRODUCT = "a1Qx7Lm2Zt9";
    private static final DeviceKey LAMP = new DeviceKey(PRODUCT, "lamp_01");
    private static final DeviceKey DOOR = new DeviceKey(PRODUCT, "door_01");
    private static final Set<UpstreamKind> ALL = Set.of(UpstreamKind.DATA, UpstreamKind.STATUS);

    private final List<String> switched = new ArrayList<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ArrayDeque<Runnable> timers = new ArrayDeque<>();
    private final StandingClock clock = new StandingClock();
    private final WatchHub hub = new WatchHub((product, on) -> switched.add(product + (on ? " on" : " off")), this::execute,
            (time, task) -> timers.add(task), clock);
    private boolean busy;
    private int woken;
    private long ids;

    // ---- what is seen ----

    @Test
    void aWatcherSeesWhatDevicesDoInItsOrder() throws Exception {
        Watcher watcher = watch(PRODUCT);
        show(LAMP, "1", "2");
        show(DOOR, "3");
        show(LAMP, "4");
        assertThat(seen(watcher)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void positionsRise() throws Exception {
        Watcher watcher = watch(PRODUCT);
        show(LAMP, "1", "2", "3");
        assertThat(events(watcher)).extracting(WatchEvent::position).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aWatcherOfADeviceSeesThatAlone() throws Exception {
        Watcher watcher = watch(request(LAMP, ALL, OptionalLong.empty()));
        show(LAMP, "1");
        show(DOOR, "2");
        show(LAMP, "3");
        assertThat(seen(watcher)).containsExactly("1", "3");
    }

    @Test
    void aWatcherSeesTheKindsItAskedFor() throws Exception {
        Watcher watcher = watch(request(LAMP, Set.of(UpstreamKind.STATUS), OptionalLong.empty()));
        show(LAMP, "1");
        offer(message(LAMP, UpstreamKind.STATUS, "online".getBytes(StandardCharsets.UTF_8)));
        assertThat(seen(watcher)).containsExactly("online");
    }

    @Test
    void whatWasBeforeIsNotSeen() throws Exception {
        watch(PRODUCT);
        show(LAMP, "1");
        Watcher late = watch(PRODUCT);
        show(LAMP, "2");
        assertThat(seen(late)).containsExactly("2");
    }

    @Test
    void oneWhoWatchesForManyTakesNobodysPlace() throws Exception {
        Watcher forMany = hub.watchForMany(PRODUCT, () -> { });
        for (int i = 0; i < WatchHub.KEY_WATCHERS_MAXIMUM; i++) {
            watch(PRODUCT);
        }
        show(LAMP, "1");
        assertThat(seen(forMany)).containsExactly("1");
        assertThat(hub.counters().watchers()).isEqualTo(WatchHub.KEY_WATCHERS_MAXIMUM);
    }

    // ---- waking ----

    @Test
    void aWatcherThatHasSeenAllIsWokenOnce() throws Exception {
        Watcher watcher = watch(PRODUCT);
        seen(watcher);
        show(LAMP, "1", "2");
        show(LAMP, "3");
        assertThat(woken).isEqualTo(1);
        seen(watcher);
        show(LAMP, "4");
        assertThat(woken).isEqualTo(2);
    }

    @Test
    void whatAWatcherDoesNotWantDoesNotWakeIt() throws Exception {
        Watcher watcher = watch(request(LAMP, ALL, OptionalLong.empty()));
        seen(watcher);
        show(DOOR, "1");
        assertThat(woken).isZero();
    }

    @Test
    void whatWaitsWhileTheExecutorIsFullComesWithTheNext() throws Exception {
        Watcher watcher = watch(PRODUCT);
        busy = true;
        show(LAMP, "1");
        busy = false;
        show(LAMP, "2");
        assertThat(seen(watcher)).containsExactly("1", "2");
    }

    // ---- going on after a reconnection ----

    @Test
    void aWatcherThatComesAgainSeesWhatItMissed() throws Exception {
        Watcher watcher = watch(PRODUCT);
        show(LAMP, "1", "2");
        long last = events(watcher).get(1).position();
        watcher.close();
        show(LAMP, "3", "4");
        assertThat(seen(watch(request(PRODUCT, OptionalLong.of(last))))).containsExactly("3", "4");
    }

    @Test
    void aWatcherThatHadSeenNothingYetGoesOnToo() throws Exception {
        Watcher watcher = watch(PRODUCT);
        long before = watcher.position();
        watcher.close();
        show(LAMP, "1");
        assertThat(seen(watch(request(PRODUCT, OptionalLong.of(before))))).containsExactly("1");
    }

    @Test
    void thePositionPassesWhatAWatcherDoesNotWant() throws Exception {
        Watcher watcher = watch(request(LAMP, ALL, OptionalLong.empty()));
        seen(watcher);
        show(DOOR, "1");
        long position = watcher.position();
        watcher.close();
        assertThat(seen(watch(request(PRODUCT, OptionalLong.of(position))))).isEmpty();
    }

    @Test
    void whatIsTooLongAgoIsAGap() throws Exception {
        Watcher watcher = watch(PRODUCT);
        long before = watcher.position();
        watcher.close();
        show(LAMP, numbers(WatchedProduct.EVENTS_MAXIMUM + 1));
        List<WatchEvent> events = events(watch(request(PRODUCT, OptionalLong.of(before))));
        assertThat(events.get(0)).isEqualTo(new Gap(before + 1, OptionalLong.empty()));
        assertThat(text(events.get(1))).isEqualTo("1");
        assertThat(events).hasSize(1 + WatchedProduct.EVENTS_MAXIMUM);
    }

    @Test
    void aPositionOfAnotherTimeIsAGap() throws Exception {
        watch(PRODUCT);
        show(LAMP, "1");
        assertThat(seen(watch(request(PRODUCT, OptionalLong.of(7))))).containsExactly("gap", "1");
        assertThat(seen(watch(request(PRODUCT, OptionalLong.of(Long.MAX_VALUE))))).containsExactly("gap", "1");
    }

    @Test
    void positionsRiseWhenAProductIsWatchedAgain() throws Exception {
        Watcher watcher = watch(PRODUCT);
        show(LAMP, "1");
        long first = events(watcher).get(0).position();
        watcher.close();
        passKept();
        Watcher next = watch(PRODUCT);
        show(LAMP, "2");
        assertThat(events(next).get(0).position()).isGreaterThan(first);
    }

    // ---- bounds ----

    @Test
    void aSlowWatcherLosesTheOldestAndIsToldHowMany() throws Exception {
        Watcher slow = watch(PRODUCT);
        show(LAMP, numbers(WatchedProduct.EVENTS_MAXIMUM + 7));
        assertThat(seen(slow)).startsWith("gap 7", "7", "8").endsWith("1006").hasSize(1 + WatchedProduct.EVENTS_MAXIMUM);
        assertThat(hub.counters().missed()).isEqualTo(7);
    }

    @Test
    void aWatcherIsToldOfNoGapInWhatItDoesNotWant() throws Exception {
        Watcher slow = watch(request(LAMP, ALL, OptionalLong.empty()));
        show(LAMP, "mine");
        seen(slow);
        show(DOOR, numbers(WatchedProduct.EVENTS_MAXIMUM + 7));
        show(LAMP, "mine, too");
        assertThat(seen(slow)).containsExactly("mine, too");
    }

    @Test
    void keptEventsAreBoundedInBytes() throws Exception {
        Watcher slow = watch(PRODUCT);
        for (int i = 0; i < 20; i++) {
            offer(message(LAMP, UpstreamKind.DATA, new byte[200_000]));
        }
        assertThat(events(slow)).hasSize(1 + 5);
    }

    @Test
    void theNewestEventIsKeptHoweverLarge() throws Exception {
        Watcher slow = watch(PRODUCT);
        offer(message(LAMP, UpstreamKind.DATA, new byte[(int) WatchedProduct.BYTES_MAXIMUM]));
        assertThat(events(slow)).hasSize(1);
    }

    @Test
    void whatFindsNoRoomOnItsWayIsAGap() throws Exception {
        Watcher watcher = watch(PRODUCT);
        UpstreamMessage large = message(LAMP, UpstreamKind.DATA, new byte[(int) WatchHub.BYTES_MAXIMUM - 10_000]);
        assertThat(hub.reserve(large)).isTrue();
        assertThat(hub.reserve(message(LAMP, UpstreamKind.DATA, new byte[10_000]))).isFalse();
        hub.offer(List.of(large));
        run();
        List<WatchEvent> events = events(watcher);
        assertThat(events).hasSize(1 + 1);
        assertThat(events.get(1)).isInstanceOf(Gap.class);
        assertThat(hub.reserve(large)).isTrue();
    }

    @Test
    void watchersWithOneKeyAreBounded() throws Exception {
        for (int i = 0; i < WatchHub.KEY_WATCHERS_MAXIMUM; i++) {
            watch(PRODUCT);
        }
        assertThatThrownBy(() -> watch(PRODUCT)).isInstanceOf(TooManyWatchersException.class);
        assertThat(hub.counters().refused()).isEqualTo(1);
        assertThat(watch(new WatchRequest(PRODUCT, Optional.empty(), ALL, "another", OptionalLong.empty()))).isNotNull();
    }

    @Test
    void watchersAreBounded() throws Exception {
        for (int i = 0; i < WatchHub.WATCHERS_MAXIMUM; i++) {
            watch(new WatchRequest(PRODUCT, Optional.empty(), ALL, "key" + i % 10, OptionalLong.empty()));
        }
        assertThatThrownBy(() -> watch(PRODUCT)).isInstanceOf(TooManyWatchersException.class);
    }

    @Test
    void whoGoesMakesRoom() throws Exception {
        Watcher first = watch(PRODUCT);
        for (int i = 1; i < WatchHub.KEY_WATCHERS_MAXIMUM; i++) {
            watch(PRODUCT);
        }
        first.close();
        first.close();
        watch(PRODUCT);
        assertThat(hub.counters().watchers()).isEqualTo(WatchHub.KEY_WATCHERS_MAXIMUM);
    }

    @Test
    void watchedProductsAreBounded() throws Exception {
        for (int i = 0; i < WatchHub.PRODUCTS_MAXIMUM; i++) {
            watch(new WatchRequest("p" + i, Optional.empty(), ALL, "key" + i % 10, OptionalLong.empty()));
        }
        assertThatThrownBy(() -> watch(PRODUCT)).isInstanceOf(TooManyWatchersException.class);
    }

    @Test
    void anUnwatchedProductGivesItsPlaceToAnother() throws Exception {
        watch("p0").close();
        for (int i = 1; i < WatchHub.PRODUCTS_MAXIMUM; i++) {
            watch(new WatchRequest("p" + i, Optional.empty(), ALL, "key" + i % 10, OptionalLong.empty()));
        }
        watch(PRODUCT);
        assertThat(switched).contains("p0 off");
    }

    // ---- what watching costs those whom nobody watches ----

    @Test
    void loopsAreToldWhenWatchingBeginsAndEnds() throws Exception {
        Watcher one = watch(PRODUCT);
        Watcher two = watch(PRODUCT);
        assertThat(switched).containsExactly(PRODUCT + " on");
        one.close();
        passKept();
        two.close();
        assertThat(switched).containsExactly(PRODUCT + " on");
        passKept();
        assertThat(switched).containsExactly(PRODUCT + " on", PRODUCT + " off");
        assertThat(hub.counters().products()).isZero();
    }

    @Test
    void aProductThatIsWatchedAgainIsKept() throws Exception {
        watch(PRODUCT).close();
        watch(PRODUCT);
        passKept();
        assertThat(switched).containsExactly(PRODUCT + " on");
    }

    @Test
    void howeverOftenWatchersComeAndGoOneTimerWaits() throws Exception {
        for (int i = 0; i < 10; i++) {
            watch(PRODUCT).close();
            watch("p" + i).close();
        }
        assertThat(timers).hasSize(1);
    }

    @Test
    void aProductThatIsLeftLaterIsDroppedLater() throws Exception {
        watch(PRODUCT).close();
        clock.now = clock.now.plusSeconds(60);
        watch("p1").close();
        clock.now = clock.now.minusSeconds(60);
        passKept();
        assertThat(switched).contains(PRODUCT + " off").doesNotContain("p1 off");
        passKept();
        assertThat(switched).contains("p1 off");
    }

    @Test
    void whatComesAfterTheEndIsLeft() throws Exception {
        watch(PRODUCT);
        hub.productRemoved(PRODUCT);
        show(LAMP, "late");
        assertThat(hub.counters().products()).isZero();
    }

    // ---- ends ----

    @Test
    void aWatcherEndsWithItsKey() throws Exception {
        Watcher one = watch(PRODUCT);
        Watcher other = watch(new WatchRequest(PRODUCT, Optional.empty(), ALL, "another", OptionalLong.empty()));
        hub.keyRevoked("key");
        assertThat(one.ended()).isTrue();
        assertThat(woken).isEqualTo(1);
        assertThat(other.ended()).isFalse();
    }

    @Test
    void aWatcherEndsWithItsProduct() throws Exception {
        Watcher one = watch(PRODUCT);
        Watcher other = watch("another");
        hub.productRemoved(PRODUCT);
        assertThat(one.ended()).isTrue();
        assertThat(other.ended()).isFalse();
        assertThat(switched).endsWith(PRODUCT + " off");
    }

    @Test
    void aWatcherEndsWithItsDevice() throws Exception {
        Watcher one = watch(request(LAMP, ALL, OptionalLong.empty()));
        Watcher other = watch(request(DOOR, ALL, OptionalLong.empty()));
        Watcher all = watch(PRODUCT);
        hub.deviceRemoved(LAMP);
        assertThat(one.ended()).isTrue();
        assertThat(other.ended()).isFalse();
        assertThat(all.ended()).isFalse();
    }

    // ---- the test's own ----

    private void execute(Runnable task) {
        if (busy) {
            throw new RejectedExecutionException("full");
        }
        tasks.add(task);
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void runTimers() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private void passKept() {
        clock.now = clock.now.plus(WatchHub.KEPT);
        runTimers();
    }

    private Watcher watch(String product) throws TooManyWatchersException {
        return watch(request(product, OptionalLong.empty()));
    }

    private Watcher watch(WatchRequest request) throws TooManyWatchersException {
        return hub.watch(request, () -> woken++);
    }

    private static WatchRequest request(String product, OptionalLong after) {
        return new WatchRequest(product, Optional.empty(), ALL, "key", after);
    }

    private static WatchRequest request(DeviceKey device, Set<UpstreamKind> kinds, OptionalLong after) {
        return new WatchRequest(device.productKey(), Optional.of(device.deviceName()), kinds, "key", after);
    }

    private void show(DeviceKey device, String... payloads) {
        offer(Arrays.stream(payloads).map(payload -> message(device, UpstreamKind.DATA,
                payload.getBytes(StandardCharsets.UTF_8))).toArray(UpstreamMessage[]::new));
    }

    private void offer(UpstreamMessage... messages) {
        for (UpstreamMessage message : messages) {
            assertThat(hub.reserve(message)).isTrue();
        }
        hub.offer(List.of(messages));
        run();
    }

    private UpstreamMessage message(DeviceKey device, UpstreamKind kind, byte[] payload) {
        return new UpstreamMessage(++ids, kind, device, List.of(), "/t", QoS.AT_LEAST_ONCE, 0, PublishProperties.NONE, payload);
    }

    private static String[] numbers(int count) {
        String[] numbers = new String[count];
        Arrays.setAll(numbers, Integer::toString);
        return numbers;
    }

    private static List<String> seen(Watcher watcher) {
        return events(watcher).stream().map(WatchHubTest::text).toList();
    }

    private static List<WatchEvent> events(Watcher watcher) {
        List<WatchEvent> events = new ArrayList<>();
        for (Optional<WatchEvent> next = watcher.next(); next.isPresent(); next = watcher.next()) {
            events.add(next.get());
        }
        return events;
    }

    private static String text(WatchEvent event) {
        if (event instanceof Shown shown) {
            return new String(shown.message().payload(), StandardCharsets.UTF_8);
        }
        OptionalLong missed = ((Gap) event).missed();
        return missed.isPresent() ? "gap " + missed.getAsLong() : "gap";
    }

    private static final class StandingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
