package io.thingport.platform.secrets;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** One version of the key that seals secrets at rest: AES with 256 bits. What it seals carries the version. Immutable. */
final class MasterKey {

    /** The version of a key that is written without one. */
    static final int FIRST = 1;

    private static final int BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("(?:([1-9][0-9]{0,5}):)?([A-Za-z0-9+/]{43}=)");

    private final int version;
    private final SecretKeySpec key;

    private MasterKey(int version, byte[] key) {
        this.version = version;
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * The key in this text: {@code version:}, 1 to 999999 and {@link #FIRST} when left out, and Base64 of 32 bytes. Empty
     * when the text is something else.
     */
    static Optional<MasterKey> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int version = matcher.group(1) == null ? FIRST : Integer.parseInt(matcher.group(1));
        return Optional.of(new MasterKey(version, Base64.getDecoder().decode(matcher.group(2))));
    }

    /** A new key. */
    static MasterKey generate(int version, RandomGenerator random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new MasterKey(version, key);
    }

    int version() {
        return version;
    }

    /** The text that {@link #parse} reads. For the owner-only file it is kept in. */
    String text() {
        return version + ":" + Base64.getEncoder().encodeToString(key.getEncoded());
    }

    SecretKey aes() {
        return key;
    }

    /** The version and a placeholder. */
    @Override
    public String toString() {
        return "MasterKey[" + version + ":*]";
    }
}
