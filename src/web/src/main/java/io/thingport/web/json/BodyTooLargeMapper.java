package io.thingport.web.json;

import io.thingport.web.problem.ProblemMapper;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Bodies that a resource method reads itself and that turn out too large. */
@Provider
public class BodyTooLargeMapper implements ExceptionMapper<BodyTooLargeException> {

    @Override
    public Response toResponse(BodyTooLargeException e) {
        return new ProblemMapper().toResponse(e.problem());
    }
}
