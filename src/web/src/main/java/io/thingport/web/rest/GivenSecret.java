package io.thingport.web.rest;

import io.thingport.platform.secrets.Secret;
import io.thingport.web.problem.ProblemException;
import java.util.Optional;

/** A secret in a request; its rules are the registry's, except that there has to be something. */
final class GivenSecret {

    private GivenSecret() {
    }

    static Optional<Secret> of(String field, Optional<String> text) {
        if (text.filter(String::isEmpty).isPresent()) {
            throw ProblemException.invalid(field, "is empty");
        }
        return text.map(Secret::of);
    }
}
