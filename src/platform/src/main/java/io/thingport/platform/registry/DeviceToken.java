package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What one of the physical devices under a device name proves itself with. The token itself is nowhere kept: it has 128
 * random bits, so that its hash gives nothing away.
 *
 * @param clientId  the base of the client identifier it connects with
 * @param hash      of the token, as {@link #hash} makes it
 * @param activated whether it has been connected with
 */
public record DeviceToken(String clientId, String hash, boolean activated) {

    /** SHA-256 of what is said to be a token, in hexadecimal. */
    public static String hash(byte[] token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    static String hash(Secret token) {
        return hash(token.utf8());
    }

    /** Compares in a time that does not depend on where the hashes differ. */
    public boolean hasHash(String other) {
        return MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
