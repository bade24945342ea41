package io.thingport.platform.registry;

import jakarta.ejb.Stateless;
import jakarta.persistence.OptimisticLockException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks and changes in one transaction. Blocks on the database. */
@Stateless
public class OneTransaction {

    private static final int CAUSES_MAXIMUM = 20;

    /**
     * Makes a change if a condition holds.
     *
     * @param condition of what is in the database; may throw {@link RegistryException}, as the change may, and nothing else
     * @return empty when it does not hold
     * @throws RegistryException {@link RegistryProblem#CHANGED_MEANWHILE} when another caller changes what was read first
     */
    public <T> Optional<T> changeIf(BooleanSupplier condition, Supplier<T> change) {
        try {
            return condition.getAsBoolean() ? Optional.of(change.get()) : Optional.empty();
        } catch (RuntimeException e) {
            if (Stream.<Throwable>iterate(e, t -> t != null, Throwable::getCause).limit(CAUSES_MAXIMUM)
                    .anyMatch(OptimisticLockException.class::isInstance)) {
                throw Flush.changedMeanwhile();
            }
            throw e;
        }
    }
}
