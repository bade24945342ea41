package io.thingport.platform.registry;

import jakarta.ejb.Stateless;
import jakarta.persistence.OptimisticLockException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Does several things in one transaction. Blocks on the database. */
@Stateless
public class OneTransaction {

    private static final int CAUSES_MAXIMUM = 20;

    /**
     * Does the work, of which all or nothing is committed.
     *
     * @throws RegistryException {@link RegistryProblem#CHANGED_MEANWHILE} when another caller changes what was read first
     */
    public <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (Stream.<Throwable>iterate(e, t -> t != null, Throwable::getCause).limit(CAUSES_MAXIMUM)
                    .anyMatch(OptimisticLockException.class::isInstance)) {
                throw Flush.changedMeanwhile();
            }
            throw e;
        }
    }
}
