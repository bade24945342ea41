package io.thingport.platform.secrets;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The versions of the master key that a server has, at least one. The newest seals, the others only open. Immutable. */
public final class MasterKeyRing {

    private final NavigableMap<Integer, MasterKey> keys;

    private MasterKeyRing(NavigableMap<Integer, MasterKey> keys) {
        this.keys = keys;
    }

    /**
     * The keys in this text, on lines or separated by commas, each {@code version:} and Base64 of 32 bytes; a key without a
     * version is version 1. Empty when there is none, one is something else, or two have the same version.
     */
    public static Optional<MasterKeyRing> parse(String text) {
        NavigableMap<Integer, MasterKey> keys = new TreeMap<>();
        for (String part : text.strip().split("\\s*[,\\r\\n]\\s*")) {
            Optional<MasterKey> key = MasterKey.parse(part);
            if (key.isEmpty() || keys.put(key.get().version(), key.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new MasterKeyRing(keys));
    }

    /** A new key, the first. */
    public static MasterKeyRing generate(RandomGenerator random) {
        return new MasterKeyRing(new TreeMap<>()).with(MasterKey.generate(MasterKey.FIRST, random));
    }

    /** These keys and a new one of the next version. */
    MasterKeyRing next(RandomGenerator random) {
        return with(MasterKey.generate(newest().version() + 1, random));
    }

    MasterKey newest() {
        return keys.lastEntry().getValue();
    }

    Optional<MasterKey> find(int version) {
        return Optional.ofNullable(keys.get(version));
    }

    /** The text that {@link #parse} reads, a line for each key. For the owner-only file it is kept in. */
    String lines() {
        return keys.values().stream().map(key -> key.text() + "\n").collect(Collectors.joining());
    }

    private MasterKeyRing with(MasterKey key) {
        NavigableMap<Integer, MasterKey> more = new TreeMap<>(keys);
        more.put(key.version(), key);
        return new MasterKeyRing(more);
    }

    /** The versions. */
    @Override
    public String toString() {
        return "MasterKeyRing" + keys.keySet();
    }
}
