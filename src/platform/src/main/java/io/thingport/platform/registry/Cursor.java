package io.thingport.platform.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keyset paging. The cursor of a page is where its last item stands, with a check sum that holds the list's name: what is
 * no cursor, or one of another list, is refused. It protects nothing, so it is no MAC.
 *
 * <p>Stateless, from any thread.
 */
public final class Cursor {

    private static final int CHECK_BYTES = 4;
    private static final int TEXT_MAXIMUM = 400;

    private Cursor() {
    }

    /**
     * The id that what follows the cursor is below, in a list that begins with the highest.
     *
     * @param list its name, and what it is a list of: {@code devices a1AbCdEfGhI}
     * @throws RegistryException {@link RegistryProblem#INVALID_CURSOR}
     */
    public static long before(String list, Optional<String> cursor) {
        return cursor.map(text -> {
            byte[] id = read(list, text);
            if (id.length != Long.BYTES) {
                throw invalid();
            }
            return ByteBuffer.wrap(id).getLong();
        }).orElse(Long.MAX_VALUE);
    }

    /**
     * How many rows of a list to ask the database for: one more than the limit, which tells whether more follow.
     *
     * @throws RegistryException {@link RegistryProblem#INVALID_LIMIT}
     */
    public static int rows(int limit) {
        return RegistryRules.limit(limit) + 1;
    }

    /** @param rows up to one more than the limit, from the database, the highest id first */
    public static <R, T> Page<T> page(String list, List<R> rows, int limit, ToLongFunction<R> id, Function<R, T> item) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown.stream().map(item).toList(), more ? Optional.of(write(list,
                ByteBuffer.allocate(Long.BYTES).putLong(id.applyAsLong(shown.get(limit - 1))).array())) : Optional.empty());
    }

    /**
     * A page of a list that is short enough to be there as a whole.
     *
     * @param key   where an item stands: unique, the order of the list, up to 200 characters
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     * @throws RegistryException {@link RegistryProblem#INVALID_CURSOR} or {@link RegistryProblem#INVALID_LIMIT}
     */
    public static <T> Page<T> page(String list, List<T> all, Function<T, String> key, Optional<String> after, int limit) {
        RegistryRules.limit(limit);
        String last = after.map(text -> new String(read(list, text), StandardCharsets.UTF_8)).orElse("");
        List<T> left = all.stream().filter(item -> key.apply(item).compareTo(last) > 0)
                .sorted(Comparator.comparing(key)).toList();
        boolean more = left.size() > limit;
        List<T> shown = more ? left.subList(0, limit) : left;
        return new Page<>(shown, more ? Optional.of(write(list,
                key.apply(shown.get(limit - 1)).getBytes(StandardCharsets.UTF_8))) : Optional.empty());
    }

    private static String write(String list, byte[] position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(CHECK_BYTES + position.length)
                .put(check(list, position)).put(position).array());
    }

    private static byte[] read(String list, String cursor) {
        if (cursor.length() > TEXT_MAXIMUM) {
            throw invalid();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        byte[] position = Arrays.copyOfRange(bytes, Math.min(CHECK_BYTES, bytes.length), bytes.length);
        if (bytes.length <= CHECK_BYTES || !Arrays.equals(check(list, position), Arrays.copyOf(bytes, CHECK_BYTES))) {
            throw invalid();
        }
        return position;
    }

    private static byte[] check(String list, byte[] position) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(position), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static RegistryException invalid() {
        return new RegistryException(RegistryProblem.INVALID_CURSOR, "after: not a cursor of this list");
    }
}
