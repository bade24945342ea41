package io.thingport.mqtt.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.FastThreadLocal;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoopWorkTest {

    private static final FastThreadLocal<String> KEPT = new FastThreadLocal<>();

    private final ClassLoader adapters = new URLClassLoader(new URL[0]);

    @Test
    void theLoopSeesTheAdaptersClassLoader() {
        AtomicReference<ClassLoader> seen = new AtomicReference<>();

        new LoopWork(() -> seen.set(Thread.currentThread().getContextClassLoader()), adapters, () -> { }).run();

        assertThat(seen).hasValue(adapters);
    }

    @Test
    void theThreadGoesBackWithItsOwnClassLoader() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        new LoopWork(() -> { }, adapters, () -> { }).run();

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void theThreadGoesBackWithoutWhatNettyKeptInIt() {
        new LoopWork(() -> KEPT.set("a buffer"), adapters, () -> { }).run();

        assertThat(KEPT.isSet()).isFalse();
    }

    @Test
    void aLoopThatFailsLeavesNothingInTheThread() {
        Runnable failing = () -> {
            KEPT.set("a buffer");
            throw new IllegalStateException("loop");
        };

        assertThatThrownBy(new LoopWork(failing, adapters, () -> { })::run).hasMessage("loop");

        assertThat(KEPT.isSet()).isFalse();
    }

    @Test
    void aContainerThatTakesNoWorkIsARejection() {
        FakeContainer container = new FakeContainer();
        container.refusesWork = true;

        assertThatThrownBy(() -> new LoopWorkExecutor(container, adapters, () -> { }).execute(() -> { }))
                .isInstanceOf(RejectedExecutionException.class).hasMessageContaining("the pool is full");
    }
}
