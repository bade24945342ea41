package io.thingport.web.rest;

import io.thingport.platform.registry.DynamicRegistration;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the API writes which devices register themselves: {@code pre-registered}. */
final class Registration {

    private Registration() {
    }

    /** @throws ProblemException when there is no such word */
    static DynamicRegistration of(String text) {
        return Stream.of(DynamicRegistration.values()).filter(value -> DashedName.of(value).equals(text)).findFirst()
                .orElseThrow(() -> ProblemException.invalid("dynamicRegistration", "has to be one of "
                        + Stream.of(DynamicRegistration.values()).map(DashedName::of).collect(Collectors.joining(", "))));
    }
}
