package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.watch.WatchHub;
import io.thingport.platform.watch.WatchRequest;
import io.thingport.platform.watch.Watcher;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How events go to a client. */
class EventStreamTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final WatchHub hub = new WatchHub((product, on) -> { }, tasks::add, (time, task) -> { }, Clock.systemUTC());
    private final Sink sink = new Sink();
    private final ArrayDeque<Runnable> pauses = new ArrayDeque<>();
    private CompletableFuture<Void> timer = new CompletableFuture<>();
    private Runnable heartbeat = () -> { };
    private boolean busy;
    private final EventStream stream = new EventStream(sink, this::execute, this::later);

    @BeforeEach
    void open() throws Exception {
        WatchRequest request = new WatchRequest(LAMP.productKey(), Optional.empty(), Set.of(UpstreamKind.DATA), "key",
                OptionalLong.empty());
        Watcher watcher = hub.watch(request, stream::wake);
        stream.open(wake -> new WatchSource(watcher));
        stream.wake();
        run();
    }

    @Test
    void aStreamBeginsWithAHeartbeat() {
        assertThat(sink.sent).containsExactly("heartbeat");
    }

    @Test
    void eventsAreSentInOrder() {
        show("1", "2");
        show("3");
        assertThat(sink.sent).containsExactly("heartbeat", "1", "2", "3");
    }

    @Test
    void idsRise() {
        show("1", "2", "3");
        assertThat(sink.ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anEventWaitsForTheOneBefore() {
        sink.slow = true;
        show("1", "2");
        assertThat(sink.sent).endsWith("heartbeat", "1");
        sink.take();
        run();
        assertThat(sink.sent).endsWith("heartbeat", "1", "2");
    }

    @Test
    void whatComesWhileOneIsSentFollows() {
        sink.slow = true;
        show("1");
        show("2");
        sink.take();
        run();
        sink.take();
        run();
        assertThat(sink.sent).endsWith("1", "2");
    }

    @Test
    void betweenManyEventsArePauses() {
        String[] many = new String[100];
        Arrays.setAll(many, Integer::toString);
        offer(many);
        runTasks();
        assertThat(sink.sent).hasSize(1 + EventStream.SLICE);
        run();
        assertThat(sink.sent).hasSize(1 + many.length);
    }

    @Test
    void aHeartbeatIsSentToo() {
        show("1");
        heartbeat.run();
        run();
        assertThat(sink.sent).containsExactly("heartbeat", "1", "heartbeat");
        assertThat(sink.ids.get(2)).isEqualTo(sink.ids.get(1));
    }

    @Test
    void whatAFullExecutorDidNotTakeGoesWithTheNextHeartbeat() {
        busy = true;
        show("1");
        busy = false;
        heartbeat.run();
        run();
        assertThat(sink.sent).containsExactly("heartbeat", "1", "heartbeat");
    }

    @Test
    void aClientThatTakesNothingIsLetGo() {
        sink.slow = true;
        show("1");
        for (int i = 1; i < EventStream.STALLED_MAXIMUM; i++) {
            heartbeat.run();
        }
        assertThat(sink.closed).isFalse();
        heartbeat.run();
        assertGone();
    }

    @Test
    void aClientThatTakesSomethingStays() {
        sink.slow = true;
        show("1", "2", "3", "4", "5");
        for (int i = 1; i < EventStream.STALLED_MAXIMUM; i++) {
            heartbeat.run();
        }
        sink.take();
        run();
        heartbeat.run();
        assertThat(sink.closed).isFalse();
    }

    @Test
    void aClientThatIsGoneIsLetGo() {
        sink.slow = true;
        show("1");
        sink.fail();
        assertGone();
    }

    @Test
    void aSinkThatIsClosedEndsTheStream() {
        sink.closed = true;
        show("1");
        assertGone();
    }

    @Test
    void aStreamEndsWithItsKey() {
        hub.keyRevoked("key");
        run();
        assertGone();
    }

    @Test
    void aStreamThatIsAbandonedLeavesTheConnection() {
        stream.abandon();
        show("1");
        assertThat(sink.closed).isFalse();
        assertThat(sink.sent).containsExactly("heartbeat");
        assertThat(hub.counters().watchers()).isZero();
        assertThat(timer).isCancelled();
    }

    private void assertGone() {
        assertThat(sink.closed).isTrue();
        assertThat(hub.counters().watchers()).isZero();
        assertThat(timer).isCancelled();
    }

    private void execute(Runnable task) {
        if (busy) {
            throw new RejectedExecutionException("full");
        }
        tasks.add(task);
    }

    private Future<?> later(Duration time, Runnable task) {
        if (time.equals(EventStream.HEARTBEAT)) {
            heartbeat = task;
            timer = new CompletableFuture<>();
            return timer;
        }
        pauses.add(task);
        return CompletableFuture.completedFuture(null);
    }

    /** Until nothing is to be done any more but to wait for a heartbeat or for the client. */
    private void run() {
        runTasks();
        while (!pauses.isEmpty()) {
            pauses.remove().run();
            runTasks();
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void show(String... payloads) {
        offer(payloads);
        run();
    }

    private void offer(String... payloads) {
        List<UpstreamMessage> messages = new ArrayList<>();
        for (String payload : payloads) {
            messages.add(new UpstreamMessage(1, UpstreamKind.DATA, LAMP, List.of(), "/t", QoS.AT_LEAST_ONCE, 0,
                    PublishProperties.NONE, payload.getBytes(StandardCharsets.UTF_8)));
        }
        messages.forEach(hub::reserve);
        hub.offer(messages);
    }

    /** A connection that takes what it is given at once, or, being slow, when the test says so. */
    private static final class Sink implements SseEventSink {
        private final List<String> sent = new ArrayList<>();
        private final List<Long> ids = new ArrayList<>();
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        private boolean slow;
        private boolean closed;

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            Object data = event.getData();
            sent.add(data == null ? "heartbeat" : data.toString().replaceAll(".*\"payload\":\"(\\w+)\".*", "$1"));
            ids.add(Long.valueOf(event.getId()));
            last = slow ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
            return last;
        }

        void take() {
            last.complete(null);
        }

        void fail() {
            last.completeExceptionally(new IOException("gone"));
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
