package io.thingport.platform.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How messages come to the engine. */
class HandoverTest {

    private static final DeviceKey LAMP = new DeviceKey("a1Qx7Lm2Zt9", "lamp_01");

    private final Handover handover = new Handover(Thread::new);
    private final BlockingQueue<List<Long>> batches = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        handover.stop();
    }

    @Test
    void whatIsOfferedIsWrittenInOrder() throws Exception {
        connected(this::write);
        offer(1, 2);
        offer(3);
        assertThat(written(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatGathersMeanwhileGoesInOneBatch() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch under = new CountDownLatch(1);
        connected(batch -> {
            write(batch);
            under.countDown();
            await(goOn);
        });
        offer(1);
        await(under);
        offer(2, 3);
        offer(4);
        goOn.countDown();
        assertThat(next()).containsExactly(1L);
        assertThat(next()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void aBurstIsToldOnceWhenItIsDurable() throws Exception {
        AtomicInteger told = new AtomicInteger();
        Semaphore durable = new Semaphore(0);
        connected(batch -> assertThat(told).hasValue(0));
        offer(() -> {
            told.incrementAndGet();
            durable.release();
        }, 1, 2);
        assertThat(durable.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        handover.stop();
        assertThat(told).hasValue(1);
    }

    @Test
    void aBatchThatFailsComesAgainAsItWas() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        connected(batch -> {
            write(batch);
            if (attempts.incrementAndGet() < 3) {
                throw new UpstreamException("away");
            }
        });
        offer(1, 2);
        offer(3);
        List<Long> first = next();
        assertThat(next()).isEqualTo(first);
        assertThat(next()).isEqualTo(first);
        assertThat(handover.status().repeated()).isEqualTo(2L * first.size());
    }

    @Test
    void withoutAnEngineAllWaits() throws Exception {
        handover.start();
        offer(1);
        assertThat(handover.status().ready()).isFalse();
        handover.connect(this::write);
        assertThat(next()).containsExactly(1L);
    }

    @Test
    void aBatchIsBounded() throws Exception {
        handover.start();
        long[] half = LongStream.range(0, Handover.BATCH_MAXIMUM * 2 / 3).toArray();
        offer(half);
        offer(half);
        handover.connect(this::write);
        assertThat(next()).hasSize(half.length);
        assertThat(next()).hasSize(half.length);
    }

    @Test
    void whatWaitsIsBounded() {
        int weight = 1024 * 1024;
        for (long i = 0; i < Handover.BYTES_MAXIMUM / weight; i++) {
            assertThat(handover.reserve(weight, true)).isTrue();
        }
        assertThat(handover.reserve(weight, true)).isFalse();
        assertThat(handover.status().bytes()).isEqualTo(Handover.BYTES_MAXIMUM);
    }

    @Test
    void qos0TakesHalfOfTheRoom() {
        int weight = 1024 * 1024;
        for (long i = 0; i < Handover.BYTES_MAXIMUM / 2 / weight; i++) {
            assertThat(handover.reserve(weight, false)).isTrue();
        }
        assertThat(handover.reserve(weight, false)).isFalse();
        assertThat(handover.reserve(weight, true)).isTrue();
    }

    @Test
    void whatIsDurableMakesRoom() throws Exception {
        Semaphore durable = new Semaphore(0);
        connected(batch -> { });
        offer(durable::release, 1);
        assertThat(durable.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        handover.stop();
        assertThat(handover.status().bytes()).isZero();
        assertThat(handover.status().handedOver()).isEqualTo(1);
    }

    @Test
    void stoppingWritesWhatWaits() {
        List<Long> all = new ArrayList<>();
        connected(batch -> batch.forEach(message -> all.add(message.id())));
        for (int i = 0; i < 1_000; i++) {
            offer(i);
        }
        handover.stop();
        assertThat(all).hasSize(1_000);
    }

    private void connected(UpstreamSink sink) {
        handover.connect(sink);
        handover.start();
    }

    private void write(List<UpstreamMessage> batch) {
        batches.add(batch.stream().map(UpstreamMessage::id).toList());
    }

    private List<Long> next() throws InterruptedException {
        return batches.poll(10, TimeUnit.SECONDS);
    }

    private List<Long> written(int count) throws InterruptedException {
        List<Long> all = new ArrayList<>();
        while (all.size() < count) {
            all.addAll(next());
        }
        return all;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(long... ids) {
        offer(() -> { }, ids);
    }

    private void offer(Runnable whenDurable, long... ids) {
        List<UpstreamMessage> messages = LongStream.of(ids).mapToObj(id -> new UpstreamMessage(id, UpstreamKind.DATA, LAMP,
                List.of("g"), "/t", QoS.AT_LEAST_ONCE, 0, PublishProperties.NONE, new byte[0])).toList();
        long weight = messages.stream().mapToLong(UpstreamMessage::weight).sum();
        handover.reserve((int) weight, true);
        handover.offer(messages, weight, whenDurable);
    }
}
