package io.thingport.web.rest;

import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Does what carries the same idempotency key of the same caller once. A repetition is answered as the first request was. Keys
 * are in memory, for {@link #KEPT} and up to {@link #KEYS_MAXIMUM}, of which a caller may have as many as there is still room
 * for: one alone gets half, and always leaves room for others. A restart forgets them. What failed is forgotten at once, so
 * that it can be tried again.
 *
 * <p>From any thread, never blocks.
 */
@ApplicationScoped
public class Repetitions {

    static final String HEADER = "Idempotency-Key";
    static final Duration KEPT = Duration.ofMinutes(10);
    /** Some 30 MB. */
    static final int KEYS_MAXIMUM = 100_000;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final LongSupplier nanoTime;
    private final int keysMaximum;
    private final Map<Key, Known> known = new LinkedHashMap<>(); // oldest first; guarded by this, as what follows
    private final Map<String, Integer> keysOf = new HashMap<>(); // how many each caller has, none without any
    private long repeated;
    private long refused;

    /** For the container. */
    public Repetitions() {
        this(System::nanoTime, KEYS_MAXIMUM);
    }

    Repetitions(LongSupplier nanoTime, int keysMaximum) {
        this.nanoTime = nanoTime;
        this.keysMaximum = keysMaximum;
    }

    private record Key(String caller, String text) {
    }

    private record Known(byte[] request, long until, CompletableFuture<Object> answer) {
    }

    /**
     * The answer of the work, or of the same work that was begun before.
     *
     * @param key    as the caller made it up: 1 to 128 visible characters of ASCII
     * @param target what the request is sent to
     * @throws ProblemException when the key is none, was on another request, is on one that goes on, or there are too many
     */
    CompletionStage<Object> once(String key, String caller, String target, Record request,
            Supplier<CompletionStage<Object>> work) {
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.invalid(HEADER, "has to be 1 to 128 visible characters of ASCII");
        }
        Key id = new Key(caller, key);
        Known own = new Known(digest(target + " " + request), nanoTime.getAsLong() + KEPT.toNanos(), new CompletableFuture<>());
        Known first = begin(id, own);
        if (first != own) {
            return first.answer();
        }
        try {
            work.get().whenComplete((answer, failure) -> {
                if (failure == null) {
                    own.answer().complete(answer);
                } else {
                    forget(id);
                    own.answer().completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            forget(id);
            throw e;
        }
        return own.answer();
    }

    /** How many keys are remembered now. */
    public synchronized int keys() {
        return known.size();
    }

    /** How often an answer was repeated. */
    public synchronized long repeated() {
        return repeated;
    }

    /** How many requests were refused because too many keys are remembered. */
    public synchronized long refused() {
        return refused;
    }

    private synchronized Known begin(Key id, Known own) {
        long now = nanoTime.getAsLong();
        forgetUntil(now);
        Known first = known.get(id);
        if (first == null) {
            if (keysOf.getOrDefault(id.caller(), 0) >= keysMaximum - known.size()) {
                refused++;
                throw ProblemException.throttled("too many idempotency keys are remembered",
                        Duration.ofNanos(known.values().iterator().next().until() - now));
            }
            known.put(id, own);
            keysOf.merge(id.caller(), 1, Integer::sum);
            return own;
        }
        if (!Arrays.equals(first.request(), own.request())) {
            throw new ProblemException(ProblemCode.IDEMPOTENCY_KEY_REUSED, "another request had this " + HEADER);
        }
        if (!first.answer().isDone()) {
            throw new ProblemException(ProblemCode.IDEMPOTENCY_KEY_IN_USE, "the request with this " + HEADER + " still goes on");
        }
        repeated++;
        return first;
    }

    private void forgetUntil(long now) {
        for (Iterator<Map.Entry<Key, Known>> all = known.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Key, Known> oldest = all.next();
            if (oldest.getValue().until() - now > 0) {
                return;
            }
            all.remove();
            oneLess(oldest.getKey());
        }
    }

    private synchronized void forget(Key id) {
        if (known.containsKey(id)) {
            known.remove(id);
            oneLess(id);
        }
    }

    private void oneLess(Key id) {
        keysOf.computeIfPresent(id.caller(), (caller, keys) -> keys == 1 ? null : keys - 1);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
