package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25006", "28P01", "40001", "40P01", "53100", "55P03", "57P01", "58030", "90098",
            "HYT00"})
    void whatMayPassIsWaitedFor(String state) {
        assertThat(Failure.of(new SQLException("by the test", state))).isEqualTo(Failure.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22021", "23503", "23505", "54000"})
    void valuesConstraintsAndSizesAreARowsFault(String state) {
        assertThat(Failure.of(new SQLException("by the test", state))).isEqualTo(Failure.DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42501", "42P01", "XX000", "HY000", ""})
    void ofTheRestNobodyKnows(String state) {
        assertThat(Failure.of(new SQLException("by the test", state))).isEqualTo(Failure.UNKNOWN);
    }

    @Test
    void timeOutsAndLostConnectionsNeedNoState() {
        assertThat(Failure.of(new SQLTimeoutException())).isEqualTo(Failure.UNAVAILABLE);
        assertThat(Failure.of(new SQLRecoverableException())).isEqualTo(Failure.UNAVAILABLE);
    }

    @Test
    void aBatchFailsForTheReasonOfItsStatement() {
        SQLException batch = new BatchUpdateException();
        batch.setNextException(new SQLException("by the test", "23505"));

        assertThat(Failure.of(batch)).isEqualTo(Failure.DATA);
    }

    @Test
    void whatIsNoExceptionOfADatabaseIsUnknown() {
        assertThat(Failure.of(new IllegalStateException())).isEqualTo(Failure.UNKNOWN);
    }
}
