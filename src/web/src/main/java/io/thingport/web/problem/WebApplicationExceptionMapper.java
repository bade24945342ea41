package io.thingport.web.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What the container refuses before a resource is called: an unknown path, a wrong method, a wrong media type. */
@Provider
public class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException e) {
        Response given = e.getResponse();
        return switch (given.getStatus()) {
            case 404 -> ProblemMapper.response(ProblemCode.NO_SUCH_RESOURCE, "no resource has this path");
            case 405 -> notAllowed(given);
            case 406 -> ProblemMapper.response(ProblemCode.NOT_ACCEPTABLE,
                    "the answer is application/json, for reports and exports text/csv, for events text/event-stream");
            case 415 -> ProblemMapper.response(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "the body has to be application/json, or for imports text/csv");
            case 503 -> ProblemMapper.response(ProblemCode.UNAVAILABLE, "the server is overloaded or not ready");
            default -> given.getStatus() < 400 ? given : other(given);
        };
    }

    private static Response notAllowed(Response given) {
        Response problem = ProblemMapper.response(ProblemCode.METHOD_NOT_ALLOWED,
                "the resource does not know this method");
        String allow = given.getHeaderString(HttpHeaders.ALLOW);
        return allow == null ? problem : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allow).build();
    }

    private static Response other(Response given) {
        return given.getStatus() < 500 ? ProblemMapper.response(ProblemCode.BAD_REQUEST, "the request is malformed")
                : ProblemMapper.response(ProblemCode.INTERNAL_ERROR, "the server could not answer");
    }
}
