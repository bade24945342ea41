package io.thingport.mqtt.transport;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The keys that session tickets are sealed with (RFC 5077, RFC 8446 4.6.1). They outlive a change of certificate, so that
 * devices need no full handshake after it. Renewed twice a day; a ticket of the key before is still taken. Thread-safe.
 */
final class TicketKeys {

    static final long LIFE_NANOS = TimeUnit.HOURS.toNanos(12);

    private final SecureRandom random;
    private final LongSupplier nanoTime;
    // guarded by this
    private OpenSslSessionTicketKey newest;
    private OpenSslSessionTicketKey before;
    private long made;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    TicketKeys(SecureRandom random, LongSupplier nanoTime) {
        this.random = random;
        this.nanoTime = nanoTime;
        newest = key();
        before = key();
        made = nanoTime.getAsLong();
    }

    /** The one that new tickets are sealed with, and the one before it. */
    synchronized OpenSslSessionTicketKey[] keys() {
        return new OpenSslSessionTicketKey[] {newest, before};
    }

    /** Makes a new key when it is time; tells whether it has. */
    synchronized boolean renew() {
        if (nanoTime.getAsLong() - made < LIFE_NANOS) {
            return false;
        }
        before = newest;
        newest = key();
        made = nanoTime.getAsLong();
        return true;
    }

    private OpenSslSessionTicketKey key() {
        byte[] bytes = new byte[OpenSslSessionTicketKey.NAME_SIZE + OpenSslSessionTicketKey.HMAC_KEY_SIZE
                + OpenSslSessionTicketKey.AES_KEY_SIZE];
        random.nextBytes(bytes);
        int hmac = OpenSslSessionTicketKey.NAME_SIZE;
        int aes = hmac + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(Arrays.copyOfRange(bytes, 0, hmac),
                Arrays.copyOfRange(bytes, hmac, aes), Arrays.copyOfRange(bytes, aes, bytes.length));
    }
}
