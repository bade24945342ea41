package io.thingport.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Ends a request with an error that its sender can understand. Carries no stack trace: senders provoke it at will. */
public final class ProblemException extends RuntimeException {

    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

    private final ProblemCode code;
    private final List<FieldError> errors;
    private final Duration pause;

    private ProblemException(ProblemCode code, String detail, List<FieldError> errors, Duration pause) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.pause = pause;
    }

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of(), USUAL_PAUSE);
    }

    /** {@link ProblemCode#THROTTLED}, to be tried again after a pause. */
    public static ProblemException throttled(String detail, Duration pause) {
        return new ProblemException(ProblemCode.THROTTLED, detail, List.of(), pause);
    }

    /** {@link ProblemCode#INVALID_REQUEST} for these fields, at least one. */
    public static ProblemException invalid(List<FieldError> errors) {
        String detail = errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; "));
        return new ProblemException(ProblemCode.INVALID_REQUEST, detail, errors, USUAL_PAUSE);
    }

    /** {@link ProblemCode#INVALID_REQUEST} for one field. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public ProblemCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** How long to wait before it is tried again, where that may help. */
    Duration pause() {
        return pause;
    }
}
