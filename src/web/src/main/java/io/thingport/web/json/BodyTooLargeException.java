package io.thingport.web.json;

import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.io.IOException;

/** More bytes came than a body may have. An {@link IOException}, because it travels through readers of a stream. */
final class BodyTooLargeException extends IOException {

    private final long limit;

    BodyTooLargeException(long limit) {
        super("body of more than " + limit + " bytes");
        this.limit = limit;
    }

    ProblemException problem() {
        return problem(limit);
    }

    static ProblemException problem(long limit) {
        return new ProblemException(ProblemCode.BODY_TOO_LARGE, "the body may have at most " + limit + " bytes");
    }
}
