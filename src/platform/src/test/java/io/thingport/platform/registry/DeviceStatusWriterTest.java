package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.StatusStore.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceStatusWriterTest {

    private static final DeviceKey LAMP = lamp(1);
    private static final Instant T1 = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant T2 = T1.plusSeconds(1);
    private static final Instant T3 = T1.plusSeconds(2);

    private final List<List<Update>> written = new ArrayList<>();
    private boolean away;
    private Runnable duringWrite = () -> { };
    private final DeviceStatusWriter writer = new DeviceStatusWriter(this::write, 5_000);

    @Test
    void nothingIsWrittenBeforeTheFlush() {
        writer.online(LAMP, T1, "10.0.0.1:1");

        assertThat(written).isEmpty();
    }

    @Test
    void theNewestOfADeviceIsWrittenOnce() {
        writer.online(LAMP, T1, "10.0.0.1:1");
        writer.offline(LAMP, T2);
        writer.online(LAMP, T3, "10.0.0.2:2");
        writer.flush();

        assertThat(written).containsExactly(List.of(
                new Update(LAMP, Optional.of(T3), Optional.of("10.0.0.2:2"), Optional.of(T2))));
    }

    @Test
    void whatWasWrittenIsNotWrittenAgain() {
        writer.online(LAMP, T1, "10.0.0.1:1");
        writer.flush();
        writer.flush();

        assertThat(written).hasSize(1);
    }

    @Test
    void whatTheDatabaseRefusedIsWrittenLaterAndBelowWhatIsNewer() {
        writer.online(LAMP, T1, "10.0.0.1:1");
        away = true;
        duringWrite = () -> writer.offline(LAMP, T2);
        writer.flush();
        away = false;
        duringWrite = () -> { };
        writer.flush();

        assertThat(written).containsExactly(List.of(
                new Update(LAMP, Optional.of(T1), Optional.of("10.0.0.1:1"), Optional.of(T2))));
    }

    @Test
    void manyAreWrittenInBatchesOf2000() {
        for (int i = 0; i < 4_100; i++) {
            writer.online(lamp(i), T1, "10.0.0.1:1");
        }
        writer.flush();

        assertThat(written).extracting(List::size).containsExactly(2_000, 2_000, 100);
    }

    @Test
    void oneFlushTriesAnAbsentDatabaseOnce() {
        for (int i = 0; i < 4_100; i++) {
            writer.online(lamp(i), T1, "10.0.0.1:1");
        }
        away = true;
        int[] tries = new int[1];
        duringWrite = () -> tries[0]++;
        writer.flush();

        assertThat(tries[0]).isEqualTo(1);
    }

    @Test
    void beyondTheCapacityAFurtherDeviceIsCountedAndLost() {
        for (int i = 0; i <= 5_000; i++) {
            writer.online(lamp(i), T1, "10.0.0.1:1");
        }
        writer.offline(lamp(0), T2);
        writer.flush();

        assertThat(writer.refused()).isEqualTo(1);
        assertThat(written.stream().mapToInt(List::size).sum()).isEqualTo(5_000);
        assertThat(written.stream().flatMap(List::stream))
                .contains(new Update(lamp(0), Optional.of(T1), Optional.of("10.0.0.1:1"), Optional.of(T2)));
    }

    @Test
    void thatADeviceHasConnectedIsUnwrittenUntilItIsWritten() {
        List<Boolean> unwritten = new ArrayList<>();
        duringWrite = () -> unwritten.add(writer.isOnlineUnwritten(LAMP));
        unwritten.add(writer.isOnlineUnwritten(LAMP));
        writer.online(LAMP, T1, "10.0.0.1:1");
        unwritten.add(writer.isOnlineUnwritten(LAMP));
        writer.flush();
        unwritten.add(writer.isOnlineUnwritten(LAMP));

        assertThat(unwritten).containsExactly(false, true, true, false);
    }

    private void write(List<Update> batch) {
        duringWrite.run();
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        written.add(List.copyOf(batch));
    }

    private static DeviceKey lamp(int number) {
        return new DeviceKey("a1AbCdEfGhI", "lamp_" + number);
    }
}
