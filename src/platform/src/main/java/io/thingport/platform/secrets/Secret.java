package io.thingport.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret text. It shows itself only through {@link #reveal()} and {@link #utf8()}; every other way to print it prints
 * a placeholder. Immutable.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when the text is empty */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty secret");
        }
        return new Secret(text);
    }

    /** The secret itself. For the wire and for the owner, never for a log. */
    public String reveal() {
        return text;
    }

    /** The secret in UTF-8, as keys of a MAC are made; a copy. */
    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a text is this secret, in a time that does not depend on where they differ. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(utf8(), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares in a time that does not depend on where two secrets differ. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Secret other && matches(other.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** A placeholder. */
    @Override
    public String toString() {
        return "Secret[*]";
    }
}
