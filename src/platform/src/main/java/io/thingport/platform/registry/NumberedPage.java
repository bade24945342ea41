package io.thingport.platform.registry;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list, newest first, told by its number.
 *
 * @param number from 1
 * @param size   the largest number of items of a page
 * @param total  how many items there are on all pages
 * @param next   opaque cursor to ask for what follows; empty at the end
 */
public record NumberedPage<T>(List<T> items, int number, int size, long total, Optional<String> next) {

    /** Who wants more of a long list than its first so many items goes on by the cursor. */
    public static final int ITEMS_MAXIMUM = 10_000;

    public NumberedPage {
        items = List.copyOf(items);
    }

    /** How many pages there are. */
    public long pages() {
        return (total + size - 1) / size;
    }

    /**
     * How many items come before a page.
     *
     * @throws RegistryException when number or size is below 1, or the page ends beyond {@link #ITEMS_MAXIMUM}
     */
    public static int offset(int number, int size) {
        if (number < 1 || size < 1 || (long) number * size > ITEMS_MAXIMUM) {
            throw new RegistryException(RegistryProblem.INVALID_PAGE, "a page's number and size are at least 1, and it ends"
                    + " within the first " + ITEMS_MAXIMUM + " items; beyond them a cursor goes on");
        }
        return (number - 1) * size;
    }
}
