package io.thingport.platform.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a certificate is known by: SHA-256 of the whole of it.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Fingerprint(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException when it is not of the form */
    public Fingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a fingerprint has 64 hexadecimal digits in lower case");
        }
    }

    public static Fingerprint of(X509Certificate certificate) {
        try {
            return new Fingerprint(HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e); // every Java has SHA-256, and what was read has an encoding
        }
    }

    /** Reads one as tools write it: digits in any case, with colons between the bytes or without. */
    public static Optional<Fingerprint> parse(String text) {
        String hex = text.replace(":", "").toLowerCase(Locale.ROOT);
        return FORM.matcher(hex).matches() ? Optional.of(new Fingerprint(hex)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
