package io.thingport.platform.devicelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.FakeEvent;
import io.thingport.platform.registry.Registry;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.start.TestDatabase.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class LogLevelsTest {

    private static final DeviceKey LAMP = new DeviceKey("a1AbCdEfGhI", "lamp_01");
    private static final Duration HOUR = Duration.ofHours(1);

    @Parameter
    private Kind kind;
    private Registry registry;
    private final PresentLevels present = new PresentLevels(LogLevel.EVENTS);
    private Instant now = Registry.NOW;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
        registry.product(LAMP.productKey());
        registry.device(LAMP.productKey(), LAMP.deviceName());
    }

    @Test
    void aProductHasTheServersLevelUntilItsOwnIsSet() {
        assertThat(own()).isEmpty();
        run(levels -> levels.setProduct(LAMP.productKey(), Optional.of(LogLevel.OFF)));
        assertThat(own()).contains(LogLevel.OFF);
        assertThat(level()).isEqualTo(LogLevel.OFF);
    }

    @Test
    void aProductsLevelCanBeChangedAndTakenBack() {
        run(levels -> levels.setProduct(LAMP.productKey(), Optional.of(LogLevel.OFF)));
        run(levels -> levels.setProduct(LAMP.productKey(), Optional.of(LogLevel.FAILURES)));
        assertThat(level()).isEqualTo(LogLevel.FAILURES);
        run(levels -> levels.setProduct(LAMP.productKey(), Optional.empty()));
        assertThat(level()).isEqualTo(LogLevel.EVENTS);
    }

    @Test
    void aTracedDeviceHasItsOwnLevelUntilTheEnd() {
        Trace trace = get(levels -> levels.startTrace(LAMP, LogLevel.MESSAGES, true, HOUR));
        assertThat(trace.until()).isEqualTo(now.plus(HOUR));
        assertThat(level()).isEqualTo(LogLevel.MESSAGES);
        now = now.plus(HOUR);
        assertThat(level()).isEqualTo(LogLevel.EVENTS);
        assertThat(trace()).isEmpty();
    }

    @Test
    void aTraceCanBeEndedBefore() {
        run(levels -> levels.startTrace(LAMP, LogLevel.MESSAGES, false, HOUR));
        run(levels -> levels.endTrace(LAMP));
        assertThat(level()).isEqualTo(LogLevel.EVENTS);
        assertThat(trace()).isEmpty();
    }

    @Test
    void aSecondTraceTakesThePlaceOfTheFirst() {
        run(levels -> levels.startTrace(LAMP, LogLevel.MESSAGES, true, HOUR));
        run(levels -> levels.startTrace(LAMP, LogLevel.OFF, false, HOUR));
        assertThat(trace()).contains(new Trace(LogLevel.OFF, false, now.plus(HOUR)));
    }

    @Test
    void nothingIsTracedForLongerThanADay() {
        assertThatThrownBy(() -> run(levels -> levels.startTrace(LAMP, LogLevel.MESSAGES, false, Duration.ofHours(25))))
                .isInstanceOfSatisfying(RegistryException.class,
                        e -> assertThat(e.problem()).isEqualTo(RegistryProblem.INVALID_TRACE));
    }

    @Test
    void aDeviceThatIsNotThereIsNotTraced() {
        assertThatThrownBy(() -> run(levels -> levels.startTrace(new DeviceKey(LAMP.productKey(), "nobody"), LogLevel.MESSAGES,
                false, HOUR))).isInstanceOfSatisfying(RegistryException.class,
                        e -> assertThat(e.problem()).isEqualTo(RegistryProblem.DEVICE_NOT_FOUND));
    }

    @Test
    void whatHoldsIsReadAtTheStart() {
        run(levels -> levels.setProduct(LAMP.productKey(), Optional.of(LogLevel.FAILURES)));
        run(levels -> levels.startTrace(LAMP, LogLevel.MESSAGES, true, HOUR));
        PresentLevels next = new PresentLevels(LogLevel.EVENTS);
        registry.database.run(entities -> new LogLevels(entities, next, clock(), new FakeEvent<>(c -> { }),
                new FakeEvent<>(c -> { })).load());

        assertThat(next.trace(LAMP)).contains(new Trace(LogLevel.MESSAGES, true, now.plus(HOUR)));
        assertThat(next.product(LAMP.productKey()).level()).isEqualTo(LogLevel.FAILURES);
    }

    @Test
    void aTraceThatIsOverIsNotReadAtTheStart() {
        run(levels -> levels.startTrace(LAMP, LogLevel.MESSAGES, true, HOUR));
        now = now.plus(HOUR);
        run(LogLevels::load);
        assertThat(present.trace(LAMP)).isEmpty();
    }

    private Optional<LogLevel> own() {
        return get(levels -> levels.product(LAMP.productKey()));
    }

    private Optional<Trace> trace() {
        return get(levels -> levels.trace(LAMP));
    }

    private LogLevel level() {
        return present.of(LAMP, now.toEpochMilli());
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private void run(Consumer<LogLevels> work) {
        get(levels -> {
            work.accept(levels);
            return true;
        });
    }

    private <R> R get(Function<LogLevels, R> work) {
        return registry.database.call(entities -> work.apply(new LogLevels(entities, present, clock(),
                new FakeEvent<>(change -> present.set(change.productKey(), change.level())),
                new FakeEvent<>(change -> present.set(change.device(), change.trace())))));
    }
}
