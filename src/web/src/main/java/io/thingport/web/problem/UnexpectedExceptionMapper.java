package io.thingport.web.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** What nobody foresaw: an overloaded server and an absent database are told as such, the rest is a defect and logged. */
@Provider
public class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(UnexpectedExceptionMapper.class.getName());
    /** The class of SQL states that says the connection is broken or cannot be had. */
    private static final String CONNECTION_EXCEPTION = "08";

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
        return chain(e).anyMatch(UnexpectedExceptionMapper::meansNoDatabase) ? ProblemCode.DATABASE_UNAVAILABLE
                : ProblemCode.INTERNAL_ERROR;
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause).limit(20);
    }

    private static boolean meansNoDatabase(Throwable e) {
        return e instanceof SQLTransientException || e instanceof SQLException sql && sql.getSQLState() != null
                && sql.getSQLState().startsWith(CONNECTION_EXCEPTION);
    }
}
