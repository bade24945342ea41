package io.thingport.web.rest;

import io.thingport.platform.registry.ConsumerGroup;
import io.thingport.platform.registry.Page;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the list of consumer groups, newest first. */
@Schema(name = "ConsumerGroups", requiredProperties = "items")
public record ConsumerGroupsAnswer(List<ConsumerGroupAnswer> items,
        @Schema(description = "Ask with after=… for what follows; absent at the end") Optional<String> next) {

    static ConsumerGroupsAnswer of(Page<ConsumerGroup> page) {
        return new ConsumerGroupsAnswer(page.items().stream().map(ConsumerGroupAnswer::of).toList(), page.next());
    }
}
