package io.thingport.web.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request, so that its sender learns all of it at once. Not thread-safe. */
public final class FieldErrors {

    private final List<FieldError> errors = new ArrayList<>();

    /** Notes an error. */
    public void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Notes an error unless the rule holds. */
    public void check(boolean rule, String field, String message) {
        if (!rule) {
            add(field, message);
        }
    }

    /** @throws ProblemException {@link ProblemCode#INVALID_REQUEST} with all errors, if there is one */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
