package io.thingport.platform.registry;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list, newest first.
 *
 * @param next opaque cursor to ask for what follows; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** The largest part one may ask for. */
    public static final int LIMIT_MAXIMUM = 200;

    public Page {
        items = List.copyOf(items);
    }
}
