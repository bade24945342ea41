package io.thingport.web.rest;

import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.web.DashedName;
import io.thingport.web.problem.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which messages of a product go to which consumer groups. */
@Schema(name = "Subscription", requiredProperties = {"kinds", "groups"})
public record SubscriptionFields(
        @Schema(description = "At least one of data (what devices publish), status (they come online and go offline) and "
                + "lifecycle (they are created, deleted, enabled and disabled)") List<String> kinds,
        @Schema(description = "Ids of 1 to 10 groups; each receives all of it") List<String> groups) {

    /** @throws io.thingport.web.problem.ProblemException when there is a kind that does not exist */
    ProductSubscription subscription() {
        FieldErrors errors = new FieldErrors();
        Set<UpstreamKind> found = EnumSet.noneOf(UpstreamKind.class);
        for (int i = 0; i < kinds.size(); i++) {
            Optional<UpstreamKind> kind = kind(kinds.get(i));
            kind.ifPresent(found::add);
            errors.check(kind.isPresent(), "kinds[" + i + "]", "has to be one of data, status, lifecycle");
        }
        errors.throwIfAny();
        return new ProductSubscription(found, groups);
    }

    private static Optional<UpstreamKind> kind(String text) {
        return Stream.of(UpstreamKind.values()).filter(kind -> DashedName.of(kind).equals(text)).findFirst();
    }

    static SubscriptionFields of(ProductSubscription subscription) {
        return new SubscriptionFields(
                subscription.kinds().stream().sorted().map(DashedName::of).toList(), subscription.groups());
    }
}
