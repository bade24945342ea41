package io.thingport.platform.registry;

import jakarta.ejb.ApplicationException;

/** The registry refused: the caller asked for what does not exist, exists already or breaks a rule. Nothing changed. */
@ApplicationException(rollback = true)
public class RegistryException extends RuntimeException {

    private final RegistryProblem problem;

    /** @param message names the field and the rule; fit for the caller's eyes */
    public RegistryException(RegistryProblem problem, String message) {
        super(message, null, false, false);
        this.problem = problem;
    }

    public RegistryProblem problem() {
        return problem;
    }
}
