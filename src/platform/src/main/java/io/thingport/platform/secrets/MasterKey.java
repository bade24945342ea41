package io.thingport.platform.secrets;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that seals every secret at rest: AES with 256 bits and the version it writes into what it seals. */
public final class MasterKey {

    /** The version of the key in use. */
    static final int VERSION = 1;

    private static final int BYTES = 32;

    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key;
    }

    /** The key in this text, Base64 of 32 bytes; empty when the text is something else. */
    public static Optional<MasterKey> parse(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            return key.length == BYTES ? Optional.of(new MasterKey(key)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A new key. */
    public static MasterKey generate(RandomGenerator random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new MasterKey(key);
    }

    /** The text that {@link #parse} reads. For the owner-only file it is kept in. */
    String base64() {
        return Base64.getEncoder().encodeToString(key);
    }

    SecretKey aes() {
        return new SecretKeySpec(key, "AES");
    }

    /** A placeholder. */
    @Override
    public String toString() {
        return "MasterKey[*]";
    }
}
