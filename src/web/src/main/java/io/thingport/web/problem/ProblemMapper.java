package io.thingport.web.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.List;

/** Errors that this application raises itself. Also makes the answer of every other mapper. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {

    @Override
    public Response toResponse(ProblemException e) {
        return response(e.code(), e.getMessage(), e.errors(), e.pause());
    }

    static Response response(ProblemCode code, String detail) {
        return new ProblemMapper().toResponse(new ProblemException(code, detail));
    }

    private static Response response(ProblemCode code, String detail, List<FieldError> errors,
            Duration pause) {
        Response.ResponseBuilder response = Response.status(code.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(code, detail, errors));
        if (code.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode() || code == ProblemCode.THROTTLED) {
            response.header(HttpHeaders.RETRY_AFTER, pause.plusNanos(999_999_999).toSeconds()); // whole ones, rounded up
        }
        if (code == ProblemCode.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"thingport\", charset=\"UTF-8\"");
        }
        return response.build();
    }
}
