package io.thingport.web.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nobody foresaw: an overloaded server and an absent database are told as such, the rest is a defect and logged. */
@Provider
public class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(UnexpectedExceptionMapper.class.getName());
    /** Classes of SQL states: the connection is broken or cannot be had; PostgreSQL's operator has intervened. */
    private static final Pattern AWAY = Pattern.compile("(08|57P).*");

    @Override
    public Response toResponse(Throwable e) {
        return switch (code(e)) {
            case UNAVAILABLE -> ProblemMapper.response(ProblemCode.UNAVAILABLE, "the server is overloaded or not ready");
            case DATABASE_UNAVAILABLE -> ProblemMapper.response(ProblemCode.DATABASE_UNAVAILABLE,
                    "the database does not answer"); // logged by the EJB container
            default -> {
                LOG.log(Level.ERROR, "a request failed", e);
                yield ProblemMapper.response(ProblemCode.INTERNAL_ERROR, "the server failed; its log says why");
            }
        };
    }

    static ProblemCode code(Throwable e) {
        if (chain(e).anyMatch(RejectedExecutionException.class::isInstance)) {
            return ProblemCode.UNAVAILABLE;
        }
        return chain(e).filter(SQLException.class::isInstance).anyMatch(sql -> meansNoDatabase((SQLException) sql))
                ? ProblemCode.DATABASE_UNAVAILABLE : ProblemCode.INTERNAL_ERROR;
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause).limit(20);
    }

    /** Drivers and the container's data source tell it in different ways; H2's is an exception of its socket beneath. */
    private static boolean meansNoDatabase(SQLException e) {
        return e instanceof SQLTransientException || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || e.getSQLState() != null && AWAY.matcher(e.getSQLState()).matches()
                || chain(e).anyMatch(IOException.class::isInstance);
    }
}
