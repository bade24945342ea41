package io.thingport.web.rest;

import io.thingport.platform.registry.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of a list. */
@Schema(requiredProperties = "items")
public record Listed<T>(List<T> items,
        @Schema(description = "Ask with after=… for what follows; absent at the end") Optional<String> next) {

    static <P, T> Listed<T> of(Page<P> page, Function<P, T> item) {
        return new Listed<>(page.items().stream().map(item).toList(), page.next());
    }
}
