package io.thingport.web.problem;

import io.thingport.platform.start.DatabaseAway;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** What nobody foresaw: an overloaded server and an absent database are told as such, the rest is a defect and logged. */
@Provider
public class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(UnexpectedExceptionMapper.class.getName());
    private static final int CAUSES_MAXIMUM = 20;

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

    /** What it is to callers: an overloaded server, an absent database or a defect. */
    public static ProblemCode code(Throwable e) {
        if (Stream.iterate(e, t -> t != null, Throwable::getCause).limit(CAUSES_MAXIMUM)
                .anyMatch(RejectedExecutionException.class::isInstance)) {
            return ProblemCode.UNAVAILABLE;
        }
        return DatabaseAway.behind(e).isPresent() ? ProblemCode.DATABASE_UNAVAILABLE : ProblemCode.INTERNAL_ERROR;
    }
}
