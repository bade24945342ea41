package io.thingport.platform.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Keyset paging, newest first: the cursor of a page is the id of its last row. */
final class Cursor {

    private static final int RADIX = 36;

    private Cursor() {
    }

    /** The id that what follows the cursor is below. */
    static long before(Optional<String> cursor) {
        try {
            long id = cursor.map(c -> Long.parseLong(c, RADIX)).orElse(Long.MAX_VALUE);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new RegistryException(RegistryProblem.INVALID_CURSOR, "after: not a cursor of this list");
    }

    /** @param rows up to one more than the limit */
    static <R, T> Page<T> page(List<R> rows, int limit, ToLongFunction<R> id, Function<R, T> item) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown.stream().map(item).toList(),
                more ? Optional.of(Long.toString(id.applyAsLong(shown.get(limit - 1)), RADIX)) : Optional.empty());
    }
}
