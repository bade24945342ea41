package io.thingport.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAwayTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "25006", "53100", "53300", "57P01", "57P03", "58030", "90020", "90028",
            "90031", "90097"})
    void whatMayPassIsAway(String state) {
        assertThat(DatabaseAway.behind(new IllegalStateException(new SQLException("…", state)))).isPresent();
    }

    /** Wrong syntax, password, database; a statement that took too long or a row that is there already. */
    @ParameterizedTest
    @ValueSource(strings = {"42000", "28P01", "3D000", "57014", "23505", "90013"})
    void whatIsWrongIsNotAway(String state) {
        assertThat(DatabaseAway.behind(new SQLException("…", state))).isEmpty();
    }

    @Test
    void exceptionsOfConnectionsAreAwayWhateverTheirState() {
        assertThat(DatabaseAway.behind(new SQLTransientConnectionException())).isPresent();
        assertThat(DatabaseAway.behind(new SQLNonTransientConnectionException())).isPresent();
        assertThat(DatabaseAway.behind(new SQLNonTransientException("broken", "90067", new ConnectException()))).isPresent();
    }

    @Test
    void anIoErrorThatIsNotTheDatabasesIsNot() {
        assertThat(DatabaseAway.behind(new IOException())).isEmpty();
    }

    @Test
    void aChainOfCausesWithoutEndIsNot() {
        Exception a = new Exception();
        Exception b = new Exception(a);
        a.initCause(b);
        assertThat(DatabaseAway.behind(a)).isEmpty();
    }
}
