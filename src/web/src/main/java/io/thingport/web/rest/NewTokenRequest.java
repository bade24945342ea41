package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.dashboard.DashboardTokens;
import io.thingport.platform.dashboard.Right;
import io.thingport.web.DashedName;
import io.thingport.web.problem.FieldErrors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token to make, for a dashboard that connects over MQTT. */
@Schema(name = "NewToken", requiredProperties = {"products", "rights"})
public record NewTokenRequest(
        @Schema(description = "Product keys, 1 to 20") List<String> products,
        @Schema(description = "At least one of watch, status and publish") List<String> rights,
        @Schema(description = "60 to 86,400; one hour when it is not given") Optional<Integer> lifetimeSeconds) {

    private static final int USUAL_SECONDS = 3_600;
    private static final long LEAST_SECONDS = DashboardTokens.LIFETIME_MINIMUM.toSeconds();
    private static final long MOST_SECONDS = DashboardTokens.LIFETIME_MAXIMUM.toSeconds();

    /** What is asked for, within its bounds. */
    record Wanted(Set<String> products, Set<Right> rights, Duration lifetime) {
    }

    /** @throws io.thingport.web.problem.ProblemException when a field breaks its rule */
    Wanted toWanted() {
        FieldErrors errors = new FieldErrors();
        errors.check(!products.isEmpty() && products.size() <= DashboardTokens.PRODUCTS_MAXIMUM, "products",
                "has to name 1 to " + DashboardTokens.PRODUCTS_MAXIMUM);
        for (int i = 0; i < products.size(); i++) {
            errors.check(DeviceKey.isProductKey(products.get(i)), "products[" + i + "]", "has to be 1 to 32 letters and digits");
        }
        errors.check(!rights.isEmpty(), "rights", "has to name at least one of watch, status, publish");
        for (int i = 0; i < rights.size(); i++) {
            errors.check(right(rights.get(i)).isPresent(), "rights[" + i + "]", "has to be one of watch, status, publish");
        }
        int seconds = lifetimeSeconds.orElse(USUAL_SECONDS);
        errors.check(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS, "lifetimeSeconds",
                "has to be " + LEAST_SECONDS + " to " + MOST_SECONDS);
        errors.throwIfAny();
        return new Wanted(Set.copyOf(products),
                rights.stream().flatMap(text -> right(text).stream()).collect(Collectors.toUnmodifiableSet()),
                Duration.ofSeconds(seconds));
    }

    private static Optional<Right> right(String text) {
        return Stream.of(Right.values()).filter(right -> DashedName.of(right).equals(text)).findFirst();
    }
}
