package io.thingport.platform.dashboard;

import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.SecretUnreadableException;
import io.thingport.platform.secrets.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes tokens and reads them. A token is not stored: what it says is sealed with the master key, so that nobody can change
 * it, nor read it. From any thread; never blocks.
 */
public final class DashboardTokens {

    public static final int PRODUCTS_MAXIMUM = 20;
    public static final Duration LIFETIME_MINIMUM = Duration.ofMinutes(1);
    public static final Duration LIFETIME_MAXIMUM = Duration.ofHours(24);

    private static final String OWNER = "dashboard-token";
    private static final int ID_CHARACTERS = 16;
    private static final int TEXT_MAXIMUM = 2_048; // twice what the longest list of products takes
    private static final String FIELD = " ";
    private static final String ELEMENT = ",";

    private final Supplier<SecretBox> box;
    private final Tokens ids;
    private final Clock clock;

    /** @param box asked for with each token: there is none before the database has been there */
    public DashboardTokens(Supplier<SecretBox> box, Tokens ids, Clock clock) {
        this.box = box;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param products 1 to {@value #PRODUCTS_MAXIMUM} product keys
     * @param rights   at least one, each of which the access key has the scope for
     * @param lifetime {@link #LIFETIME_MINIMUM} to {@link #LIFETIME_MAXIMUM}
     * @throws IllegalArgumentException when one of these is out of its bounds
     */
    public IssuedToken issue(String accessKeyId, Set<String> products, Set<Right> rights, Duration lifetime) {
        if (products.isEmpty() || products.size() > PRODUCTS_MAXIMUM || rights.isEmpty()
                || lifetime.compareTo(LIFETIME_MINIMUM) < 0 || lifetime.compareTo(LIFETIME_MAXIMUM) > 0) {
            throw new IllegalArgumentException("no such token: " + products + ", " + rights + ", " + lifetime);
        }
        DashboardToken token = new DashboardToken(ids.alphanumeric(ID_CHARACTERS), accessKeyId, products, rights,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(lifetime));
        String text = String.join(FIELD, token.id(), accessKeyId, Long.toString(token.expiresAt().getEpochSecond()),
                list(rights), list(products));
        return new IssuedToken(token, Secret.of(box.get().seal(Secret.of(text), OWNER)));
    }

    private static String list(Collection<?> elements) {
        return elements.stream().map(Object::toString).sorted().collect(Collectors.joining(ELEMENT));
    }

    /** What a token says, expired or not; empty when this is none that was made here. Some 5 µs. */
    Optional<DashboardToken> open(String text) {
        if (text.length() > TEXT_MAXIMUM) {
            return Optional.empty();
        }
        try {
            String[] fields = box.get().open(text, OWNER).reveal().split(FIELD);
            return Optional.of(new DashboardToken(fields[0], fields[1], Set.of(fields[4].split(ELEMENT)),
                    Arrays.stream(fields[3].split(ELEMENT)).map(Right::valueOf).collect(Collectors.toSet()),
                    Instant.ofEpochSecond(Long.parseLong(fields[2]))));
        } catch (SecretUnreadableException e) {
            return Optional.empty();
        }
    }
}
