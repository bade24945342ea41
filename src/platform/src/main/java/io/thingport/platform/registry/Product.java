package io.thingport.platform.registry;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.limits.ProductRates;
import java.time.Instant;
import java.util.Optional;

/**
 * A product: devices of one kind, with the same topic classes.
 *
 * @param productKey  its key, 1 to 32 letters and digits
 * @param name        unique, 4 to 30 letters, digits, underscores or CJK characters, which count twice
 * @param description up to 100 characters
 * @param rates       of its devices, each 0 to {@link ProductRates#MAXIMUM}
 * @param dynamicRegistration which of its devices get what they connect with from the server
 * @param authentication how its devices prove who they are; never changes
 */
public record Product(String productKey, String name, Optional<String> description, Instant createdAt,
        ProductRates rates, DynamicRegistration dynamicRegistration, Authentication authentication) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.product(productKey);
    }
}
