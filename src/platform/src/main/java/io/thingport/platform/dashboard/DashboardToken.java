package io.thingport.platform.dashboard;

import io.thingport.platform.accesskey.Caller;
import java.time.Instant;
import java.util.Set;

/**
 * What a token says. Holds no secret.
 *
 * @param id          letters and digits; no other token has it
 * @param accessKeyId whose it is: the token ends with that access key
 * @param products    the product keys, at least one
 * @param rights      at least one
 * @param expiresAt   in whole seconds
 */
public record DashboardToken(String id, String accessKeyId, Set<String> products, Set<Right> rights, Instant expiresAt) {

    public DashboardToken {
        products = Set.copyOf(products);
        rights = Set.copyOf(rights);
    }

    boolean permits(Right right, String productKey) {
        return rights.contains(right) && products.contains(productKey);
    }

    /** Whether an access key, as it is now, may give it. */
    boolean isCoveredBy(Caller key) {
        return key.accessKeyId().equals(accessKeyId)
                && rights.stream().allMatch(right -> products.stream().allMatch(product -> key.may(right.scope(), product)));
    }
}
