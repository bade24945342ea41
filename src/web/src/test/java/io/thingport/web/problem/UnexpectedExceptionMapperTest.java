package io.thingport.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class UnexpectedExceptionMapperTest {

    private static ProblemCode code(Exception cause) {
        return UnexpectedExceptionMapper.code(new EJBException(new PersistenceException(cause)));
    }

    @Test
    void aBrokenDatabaseConnectionIsUnavailability() {
        assertThat(code(new SQLException("closed", "08006"))).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(code(new SQLException("shutting down", "57P01"))).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(code(new SQLTransientConnectionException())).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(code(new SQLNonTransientConnectionException())).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(code(new SQLNonTransientException("broken", "90067", new ConnectException())))
                .isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void anyOtherDatabaseErrorIsADefect() {
        assertThat(code(new SQLException("syntax", "42000"))).isEqualTo(ProblemCode.INTERNAL_ERROR);
        assertThat(code(new SQLException())).isEqualTo(ProblemCode.INTERNAL_ERROR);
    }

    @Test
    void anIoErrorThatIsNotTheDatabasesIsADefect() {
        assertThat(code(new ConnectException())).isEqualTo(ProblemCode.INTERNAL_ERROR);
    }

    @Test
    void aFullExecutorIsOverload() {
        assertThat(code(new RejectedExecutionException())).isEqualTo(ProblemCode.UNAVAILABLE);
    }

    @Test
    void aChainOfCausesWithoutEndIsADefect() {
        Exception a = new Exception();
        Exception b = new Exception(a);
        a.initCause(b);
        assertThat(UnexpectedExceptionMapper.code(a)).isEqualTo(ProblemCode.INTERNAL_ERROR);
    }
}
