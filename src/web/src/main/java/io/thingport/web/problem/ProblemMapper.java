package io.thingport.web.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Errors that this application raises itself. Also makes the answer of every other mapper. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {

    @Override
    public Response toResponse(ProblemException e) {
        return response(e.code(), e.getMessage(), e.errors());
    }

    static Response response(ProblemCode code, String detail) {
        return response(code, detail, List.of());
    }

    private static Response response(ProblemCode code, String detail, List<FieldError> errors) {
        Response.ResponseBuilder response = Response.status(code.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(code, detail, errors));
        if (code.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            response.header(HttpHeaders.RETRY_AFTER, 1);
        }
        if (code == ProblemCode.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"thingport\", charset=\"UTF-8\"");
        }
        return response.build();
    }
}
