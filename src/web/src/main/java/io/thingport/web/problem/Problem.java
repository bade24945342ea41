package io.thingport.web.problem;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of an error [RFC 9457]. Its type is {@code about:blank}, hence left out; {@code code} tells errors apart.
 *
 * @param title  the phrase of the status
 * @param status the HTTP status
 * @param code   see {@link ProblemCode}
 * @param detail what happened, for a human
 * @param errors each wrong field, with {@link ProblemCode#INVALID_REQUEST}
 */
@Schema(description = "An error. Decide by code; title and detail are for humans.",
        requiredProperties = {"title", "status", "code", "detail"})
public record Problem(String title, int status, String code, String detail, Optional<List<FieldError>> errors) {

    /** The media type of the body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, List<FieldError> errors) {
        return new Problem(code.title(), code.status(), code.code(), detail,
                errors.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(errors)));
    }
}
