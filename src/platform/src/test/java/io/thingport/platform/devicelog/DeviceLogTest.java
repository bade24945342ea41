package io.thingport.platform.devicelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.UserProperty;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceLogTest {

    private final DeviceLog log = new DeviceLog(2);

    @Test
    void entriesAreTakenInTheOrderTheyCame() {
        log.add(Entries.publish(1, "lamp_1"));
        log.add(Entries.publish(2, "lamp_2"));

        assertThat(log.drain(10)).extracting(LogEntry::millis).containsExactly(1L, 2L);
    }

    @Test
    void noMoreAreTakenThanAskedFor() {
        log.add(Entries.publish(1, "lamp_1"));
        log.add(Entries.publish(2, "lamp_2"));

        assertThat(log.drain(1)).hasSize(1);
    }

    @Test
    void whatExceedsTheNumberIsDroppedAndCounted() {
        log.add(Entries.publish(1, "lamp_1"));
        log.add(Entries.publish(2, "lamp_1"));

        assertThat(log.add(Entries.publish(3, "lamp_1"))).isFalse();
        assertThat(log.dropped()).isOne();
        assertThat(log.waiting()).isEqualTo(2);
    }

    @Test
    void whatExceedsTheMemoryIsDroppedAndCounted() {
        DeviceLog large = new DeviceLog(Integer.MAX_VALUE);
        LogEntry entry = Entries.withReason("r".repeat(LogEntry.REASON_MAXIMUM));
        long fits = DeviceLog.BYTES_MAXIMUM / entry.weight();
        for (int i = 0; i < fits; i++) {
            large.add(entry);
        }

        assertThat(large.waiting()).isEqualTo((int) fits);
        assertThat(large.add(entry)).isFalse();
    }

    @Test
    void whatWasTakenHoldsItsRoomUntilItIsSettled() {
        log.add(Entries.publish(1, "lamp_1"));
        log.add(Entries.publish(2, "lamp_1"));
        List<LogEntry> taken = log.drain(10);
        assertThat(log.add(Entries.publish(3, "lamp_1"))).isFalse();

        log.settled(taken);

        assertThat(log.add(Entries.publish(4, "lamp_1"))).isTrue();
    }

    @Test
    void aLongReasonIsCut() {
        assertThat(Entries.withReason("r".repeat(5_000)).reason().orElseThrow()).hasSize(LogEntry.REASON_MAXIMUM);
    }

    @Test
    void userPropertiesBeyondTheirBoundAreLeftOut() {
        UserProperty property = new UserProperty("k", "v".repeat(3_000));

        assertThat(Entries.withProperties(Collections.nCopies(5, property)).userProperties()).hasSize(2);
    }

    @Test
    void idsRiseThoughTheClockDoesNot() {
        LogLine first = LogLine.after(0, Entries.publish(1_000, "lamp_1"));
        LogLine second = LogLine.after(first.id(), Entries.publish(999, "lamp_1"));

        assertThat(second.id()).isEqualTo(first.id() + 1);
    }

    @Test
    void idsFollowTheTime() {
        assertThat(LogLine.after(0, Entries.publish(1_000, "lamp_1")).id()).isEqualTo(LogLine.idAt(1_000));
    }
}
