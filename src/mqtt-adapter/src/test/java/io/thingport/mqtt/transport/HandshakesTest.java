package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.testing.Eventually;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakesTest {

    private static final Origin ONE = Origin.of(new InetSocketAddress("192.0.2.1", 1));
    private static final Origin OTHER = Origin.of(new InetSocketAddress("192.0.2.2", 1));

    private final List<TlsFailure> told = new CopyOnWriteArrayList<>();
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Handshakes handshakes = new Handshakes(loop, (from, why, detail) -> told.add(why));


    @AfterEach
    void stop() {
        loop.shutdownGracefully();
    }

    @Test
    void ofManyThatBeginAtOnceTheLoopDoesAFewAndThenWhatElseThereIs() {
        List<String> order = new CopyOnWriteArrayList<>();

        loop.execute(() -> {
            IntStream.range(0, 3 * Handshakes.AT_ONCE).forEach(i -> handshakes.begin(ONE, () -> order.add("handshake")));
            loop.execute(() -> order.add("other"));
        });

        Eventually.until("all done", () -> order.size() == 3 * Handshakes.AT_ONCE + 1);
        assertThat(order.indexOf("other")).isEqualTo(Handshakes.AT_ONCE);
    }

    @Test
    void whoSendsManyMakesNobodyWaitForAllOfThem() {
        List<Integer> order = new CopyOnWriteArrayList<>();

        loop.execute(() -> {
            IntStream.range(0, 100).forEach(i -> handshakes.begin(ONE, () -> order.add(i)));
            handshakes.begin(OTHER, () -> order.add(-1));
        });

        Eventually.until("all done", () -> order.size() == 101);
        assertThat(order.indexOf(-1)).isEqualTo(Handshakes.AT_ONCE + 1);
        assertThat(order.stream().filter(i -> i >= 0)).isSorted();
    }

    @Test
    void theyBeginInTheOrderOfTheirComing() {
        List<Integer> order = new CopyOnWriteArrayList<>();

        loop.execute(() -> IntStream.range(0, 20).forEach(i -> handshakes.begin(ONE, () -> order.add(i))));

        Eventually.until("all done", () -> order.size() == 20);
        assertThat(order).isSorted();
    }

    @Test
    void eachFailureIsCountedByItsReason() {
        handshakes.failed(TlsFailure.SUITE, new InetSocketAddress(1), "");
        handshakes.failed(TlsFailure.SUITE, new InetSocketAddress(1), "");
        handshakes.failed(TlsFailure.ENDED, new InetSocketAddress(1), "");

        assertThat(handshakes.counters().failures()).containsEntry(TlsFailure.SUITE, 2L)
                .containsEntry(TlsFailure.ENDED, 1L).containsEntry(TlsFailure.VERSION, 0L);
        assertThat(handshakes.counters().failed()).isEqualTo(3);
    }

    @Test
    void theApplicationIsToldOfEachFailure() {
        handshakes.failed(TlsFailure.SUITE, new InetSocketAddress(1), "");

        assertThat(told).containsExactly(TlsFailure.SUITE);
    }
}
