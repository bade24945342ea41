package io.thingport.web.openapi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers which nonces were used, as long as a request with one of them could be accepted once more. Kept by the minute in
 * which a request says that it was made, 16 bytes of a hash each. An access key may have as many as there is still room for,
 * so that one alone gets half of it and always leaves room for others. When it has too many, its own of the oldest minute are
 * forgotten, and its requests that say to be as old are refused from then on: its window becomes smaller, but nothing is
 * accepted twice. From any thread; its lock is held for some look-ups.
 */
final class NonceMemory {

    private static final long MINUTE = 60;

    private final Map<String, Share> shares = new HashMap<>(); // by access key, of those used within the window
    private final long windowMinutes;
    private final int maximum;
    private long lookedAt = Long.MIN_VALUE; // the minute in which what is too old was last looked for
    private int size; // of all shares

    /** What becomes of a request with a nonce. */
    enum Verdict {
        /** It was not used before and is from now on. */
        NEW,
        USED,
        /** Nobody knows: what was used so long ago is forgotten. */
        FORGOTTEN,
        /** There is no room for it. */
        FULL
    }

    /**
     * @param window  how old a request may be
     * @param maximum nonces that are remembered, of all access keys
     */
    NonceMemory(Duration window, int maximum) {
        this.windowMinutes = window.toMinutes();
        this.maximum = maximum;
    }

    /**
     * Uses a nonce.
     *
     * @param accessKeyId of a caller who has proved that he has it: each takes memory
     * @param made when the request says that it was made, in seconds since 1970; not older than the window
     * @param now  in seconds since 1970
     */
    Verdict use(String accessKeyId, String nonce, long made, long now) {
        ByteBuffer hash = ByteBuffer.wrap(hash(accessKeyId + "\n" + nonce));
        long first = hash.getLong() | 1; // never 0, which stands for nothing
        return use(accessKeyId, first, hash.getLong(), Math.floorDiv(made, MINUTE), Math.floorDiv(now, MINUTE));
    }

    private synchronized Verdict use(String accessKeyId, long first, long second, long madeMinute, long nowMinute) {
        if (nowMinute != lookedAt) {
            lookedAt = nowMinute;
            forgetBefore(nowMinute - windowMinutes);
        }
        Share own = shares.computeIfAbsent(accessKeyId, id -> new Share());
        if (madeMinute < own.firstMinute) {
            return Verdict.FORGOTTEN;
        }
        if (own.contains(first, second)) {
            return Verdict.USED;
        }
        while (own.size >= maximum - size) {
            if (own.slices.isEmpty() || own.slices.firstKey() >= Math.min(nowMinute, madeMinute)) {
                return Verdict.FULL;
            }
            own.firstMinute = own.slices.firstKey() + 1;
            size -= own.forgetOldest();
        }
        own.slices.computeIfAbsent(madeMinute, minute -> new Slice()).add(first, second);
        own.size++;
        size++;
        return Verdict.NEW;
    }

    private void forgetBefore(long minute) {
        for (Share share : shares.values()) {
            while (!share.slices.isEmpty() && share.slices.firstKey() < minute) {
                size -= share.forgetOldest();
            }
        }
        shares.values().removeIf(share -> share.slices.isEmpty() && share.firstMinute <= minute);
    }

    /** How many are remembered. */
    synchronized int size() {
        return size;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** What one access key has used. */
    private static final class Share {

        private final TreeMap<Long, Slice> slices = new TreeMap<>(); // by minute
        private long firstMinute = Long.MIN_VALUE; // what was used before is forgotten
        private int size;

        boolean contains(long first, long second) {
            return slices.values().stream().anyMatch(slice -> slice.contains(first, second));
        }

        /** @return how many they were */
        int forgetOldest() {
            int gone = slices.pollFirstEntry().getValue().size;
            size -= gone;
            return gone;
        }
    }

    /** A set of pairs of numbers, of which the first is not 0: a hash table with open addresses. */
    private static final class Slice {

        private static final int LEAST_CAPACITY = 64;

        private long[] pairs = new long[2 * LEAST_CAPACITY];
        private int size;

        boolean contains(long first, long second) {
            return pairs[place(first, second)] != 0;
        }

        void add(long first, long second) {
            if (3 * size >= pairs.length) { // two thirds of the places
                long[] before = pairs;
                pairs = new long[2 * before.length];
                for (int i = 0; i < before.length; i += 2) {
                    if (before[i] != 0) {
                        put(before[i], before[i + 1]);
                    }
                }
            }
            put(first, second);
            size++;
        }

        private void put(long first, long second) {
            int place = place(first, second);
            pairs[place] = first;
            pairs[place + 1] = second;
        }

        /** Where the pair is, or where it would go. */
        private int place(long first, long second) {
            int mask = pairs.length - 1;
            int place = (int) second << 1 & mask;
            while (pairs[place] != 0 && (pairs[place] != first || pairs[place + 1] != second)) {
                place = place + 2 & mask;
            }
            return place;
        }
    }
}
