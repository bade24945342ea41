package io.thingport.platform.accesskey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.platform.secrets.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All access keys in memory, so that a call costs no look-up in the database and those that are known stay valid while that
 * is away. Loaded when first needed, and changed by what is committed: whichever thread tells of a change, the newest
 * version of a key stays, and a deleted one never comes back. From any thread; blocks while the keys are not loaded yet.
 */
public final class KnownKeys {

    private static final Secret NOBODYS = Secret.of("nobody has this secret, comparing with it takes the same time");
    private static final long USE_GRANULARITY_MILLIS = 60_000;
    /** Far more than can be deleted while somebody is about to tell what one of them was before. */
    private static final int DELETED_MAXIMUM = 10_000;

    private final Supplier<List<KnownKey>> source;
    private final Clock clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>(); // no more than there are in the database
    private final Cache<String, Boolean> deleted = Caffeine.newBuilder().maximumSize(DELETED_MAXIMUM)
            .executor(Runnable::run).build();
    private volatile boolean loaded; // volatile: set by one thread, once the entries are there for all

    /**
     * @param source every key as it is in the database; blocks, and may fail with an unchecked exception
     */
    public KnownKeys(Supplier<List<KnownKey>> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The caller with this key, or empty when the id is unknown, the key disabled or the proof wrong, which takes the same
     * time.
     *
     * @param proof whether something was made with a secret; may be asked of two, and takes the same time whatever they are
     */
    public Optional<Caller> authenticate(String accessKeyId, Predicate<Secret> proof) {
        load();
        Optional<Entry> entry = enabled(accessKeyId);
        Secret secret = entry.map(e -> e.key.secret()).orElse(NOBODYS);
        Secret previous = entry.flatMap(e -> e.key.previous()).filter(p -> clock.instant().isBefore(p.until()))
                .map(KnownKey.Previous::secret).orElse(NOBODYS);
        boolean proved = proof.test(secret) || proof.test(previous);
        return proved ? entry.map(this::used) : Optional.empty();
    }

    /** The caller with this key, as it is now; empty when the id is unknown or the key disabled. */
    public Optional<Caller> find(String accessKeyId) {
        load();
        return enabled(accessKeyId).map(e -> e.key.caller());
    }

    /** Loads all keys, unless that has been done. */
    public void load() {
        if (!loaded) {
            source.get().forEach(this::put);
            loaded = true;
        }
    }

    /** When a key was last used, to the minute; empty when it was not since the start. */
    public Optional<Instant> lastUsed(String accessKeyId) {
        return Optional.ofNullable(entries.get(accessKeyId)).map(e -> e.usedAt).filter(at -> at > 0)
                .map(Instant::ofEpochMilli);
    }

    /** The keys that have been used since that was last noted, and when. */
    Map<String, Instant> unnotedUses() {
        Map<String, Instant> uses = new HashMap<>();
        entries.forEach((id, entry) -> {
            if (entry.usedAt > entry.notedAt) {
                uses.put(id, Instant.ofEpochMilli(entry.usedAt));
            }
        });
        return uses;
    }

    /** These uses are in the database. */
    void noted(Map<String, Instant> uses) {
        uses.forEach((id, at) -> Optional.ofNullable(entries.get(id)).ifPresent(e -> e.notedAt = at.toEpochMilli()));
    }

    /** A key is so from now on, unless a newer version of it is known. */
    synchronized void put(KnownKey key) {
        String id = key.caller().accessKeyId();
        Optional<Entry> before = Optional.ofNullable(entries.get(id));
        if (before.isPresent() && before.get().key.version() < key.version()) {
            before.get().key = key;
        } else if (before.isEmpty() && deleted.getIfPresent(id) == null) {
            entries.put(id, new Entry(key));
        }
    }

    /** A key is gone for ever. */
    synchronized void remove(String accessKeyId) {
        deleted.put(accessKeyId, true);
        entries.remove(accessKeyId);
    }

    private Optional<Entry> enabled(String accessKeyId) {
        return Optional.ofNullable(entries.get(accessKeyId)).filter(e -> e.key.enabled());
    }

    private Caller used(Entry entry) {
        long now = clock.millis();
        if (now - entry.usedAt >= USE_GRANULARITY_MILLIS) {
            entry.usedAt = now;
        }
        return entry.key.caller();
    }

    /** Each field is written by any thread; the last one counts. */
    private static final class Entry {
        private volatile KnownKey key;
        private volatile long usedAt; // in milliseconds; 0 = never
        private volatile long notedAt;

        Entry(KnownKey key) {
            this.key = key;
        }
    }
}
