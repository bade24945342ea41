package io.thingport.platform.accesskey;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/** What callers may write into access keys. */
final class KeyRules {

    private static final int DESCRIPTION_MAXIMUM = 100;
    private static final int PRODUCTS_MAXIMUM = 100;
    private static final int RATE_MAXIMUM = 1_000_000;
    private static final Duration GRACE_MAXIMUM = Duration.ofDays(30);

    private KeyRules() {
    }

    static String description(String text) {
        if (text.length() > DESCRIPTION_MAXIMUM || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("description", "up to " + DESCRIPTION_MAXIMUM + " characters");
        }
        return text;
    }

    /** Who makes keys could make himself one that is not confined, so his own cannot be. */
    static void grants(Set<Scope> scopes, Set<String> products) {
        if (scopes.isEmpty()) {
            throw invalid("scopes", "at least one");
        }
        if (products.size() > PRODUCTS_MAXIMUM || !products.stream().allMatch(DeviceKey::isProductKey)) {
            throw invalid("products", "up to " + PRODUCTS_MAXIMUM + " product keys");
        }
        if (scopes.contains(Scope.ADMINISTER) && !products.isEmpty()) {
            throw invalid("products", "a key with the scope administer cannot be confined to products");
        }
    }

    static OptionalInt rate(OptionalInt perSecond) {
        if (perSecond.isPresent() && (perSecond.getAsInt() < 0 || perSecond.getAsInt() > RATE_MAXIMUM)) {
            throw invalid("rate", "0 to " + RATE_MAXIMUM);
        }
        return perSecond;
    }

    static Duration grace(Duration grace) {
        if (grace.isNegative() || grace.compareTo(GRACE_MAXIMUM) > 0) {
            throw new RegistryException(RegistryProblem.INVALID_GRACE, "graceSeconds: 0 to " + GRACE_MAXIMUM.toSeconds());
        }
        return grace;
    }

    private static RegistryException invalid(String field, String rule) {
        return new RegistryException(RegistryProblem.INVALID_ACCESS_KEY, field + ": " + rule);
    }
}
