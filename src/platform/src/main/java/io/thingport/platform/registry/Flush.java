package io.thingport.platform.registry;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** Sends what a call changed to the database and says in the registry's words what the database refuses. */
final class Flush {

    private Flush() {
    }

    /**
     * @param orphan what a broken foreign key means here
     * @throws RegistryException when another caller was faster or a constraint is broken
     */
    static void changes(EntityManager entities, RegistryException orphan) {
        try {
            entities.flush();
        } catch (OptimisticLockException | PessimisticLockException | LockTimeoutException e) {
            throw changedMeanwhile();
        } catch (ConstraintViolationException e) {
            throw refusal(e, orphan);
        }
    }

    /** Databases differ in what they put around a constraint's name, so look for the name within. */
    private static RuntimeException refusal(ConstraintViolationException e, RegistryException orphan) {
        String constraint = Optional.ofNullable(e.getConstraintName()).orElse("").toLowerCase(Locale.ROOT);
        if (constraint.contains("product_key_unique")) {
            return new RegistryException(RegistryProblem.PRODUCT_EXISTS, "productKey: another product has it");
        }
        if (constraint.contains("product_name_unique")) {
            return new RegistryException(RegistryProblem.PRODUCT_NAME_EXISTS, "name: another product has it");
        }
        if (constraint.contains("topic_class_suffix_unique")) {
            return new RegistryException(RegistryProblem.TOPIC_CLASS_EXISTS,
                    "suffix: another topic class of the product has it");
        }
        if (constraint.contains("device_name_unique")) {
            return new RegistryException(RegistryProblem.DEVICE_EXISTS,
                    "deviceName: another device of the product has it");
        }
        if (constraint.contains("device_certificate_fingerprint_unique")) {
            return new RegistryException(RegistryProblem.CERTIFICATE_EXISTS,
                    "certificate: it is registered already, for this device or another");
        }
        if (constraint.contains("consumer_group_name_unique")) {
            return new RegistryException(RegistryProblem.CONSUMER_GROUP_NAME_EXISTS, "name: another group has it");
        }
        if (constraint.contains("product_group_group_fk")) { // a product has taken on a group that was just deleted
            return changedMeanwhile();
        }
        return constraint.contains("_fk") ? orphan : e;
    }

    static RegistryException changedMeanwhile() {
        return new RegistryException(RegistryProblem.CHANGED_MEANWHILE,
                "another caller changed the same at the same time");
    }
}
