package io.thingport.web.rest;

import io.thingport.platform.registry.OneTransaction;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes what the caller has seen last and nothing else, if it asks so with If-Match. Blocks on the database. */
@ApplicationScoped
class Conditions {

    @Inject
    private OneTransaction transaction;

    /**
     * Makes a change.
     *
     * @param tag    of what is there now, read from the database; throws what the registry throws and nothing else
     * @param change of the same; likewise
     * @throws ProblemException {@link ProblemCode#PRECONDITION_FAILED} when the tag is none of those named
     */
    <T> T change(Optional<String> ifMatch, Supplier<String> tag, Supplier<T> change) {
        return ifMatch.isEmpty() ? change.get()
                : transaction.changeIf(() -> Tags.among(ifMatch.get(), tag.get()), change).orElseThrow(() ->
                        new ProblemException(ProblemCode.PRECONDITION_FAILED, "it has been changed since; read it again"));
    }

    /** Makes a change that has nothing to tell. */
    void run(Optional<String> ifMatch, Supplier<String> tag, Runnable change) {
        change(ifMatch, tag, () -> {
            change.run();
            return true;
        });
    }
}
