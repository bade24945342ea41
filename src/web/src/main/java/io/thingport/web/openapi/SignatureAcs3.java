package io.thingport.web.openapi;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * The signature in the header {@code Authorization}, {@code ACS3-HMAC-SHA256}: of the method, the query, the headers that
 * the client chose, and a hash of the body.
 */
final class SignatureAcs3 implements RequestSignature {

    /** What the header's value begins with, whatever the algorithm. */
    static final String SCHEME = "ACS3-";
    private static final String ALGORITHM = SCHEME + "HMAC-SHA256";
    private static final List<String> ALWAYS_SIGNED = List.of("host", "x-acs-action", "x-acs-version", "x-acs-date",
            "x-acs-signature-nonce", "x-acs-content-sha256");
    private static final int HEADERS_MAXIMUM = 64;
    private static final int EXPECTED_LENGTH = 1_024;

    private final HttpCall call;
    private final String accessKeyId;
    private final String signature;
    private final String stringToSign;

    /**
     * @param query the query's parameters, without the form's
     * @throws GatewayException when the header is malformed, does not cover what it has to, or the body is another one
     */
    SignatureAcs3(HttpCall call, SortedMap<String, String> query) {
        this.call = call;
        String authorization = call.header("authorization");
        int space = authorization.indexOf(' ');
        if (space < 0 || !authorization.substring(0, space).equals(ALGORITHM)) {
            throw incomplete("the algorithm has to be " + ALGORITHM);
        }
        String parts = authorization.substring(space + 1);
        this.accessKeyId = part(parts, "Credential");
        this.signature = part(parts, "Signature");
        String list = part(parts, "SignedHeaders");
        List<String> headers = List.of(list.split(";", HEADERS_MAXIMUM + 1));
        if (headers.size() > HEADERS_MAXIMUM) {
            throw incomplete("more than " + HEADERS_MAXIMUM + " headers are signed");
        }
        for (String name : ALWAYS_SIGNED) {
            if (!headers.contains(name)) {
                throw incomplete("the header " + name + " is not signed");
            }
        }
        String hash = hash(call.body());
        if (!hash.equalsIgnoreCase(call.header("x-acs-content-sha256"))) {
            throw incomplete("x-acs-content-sha256 is not the hash of the body that came");
        }
        SignedBytes canonical = new SignedBytes(EXPECTED_LENGTH).plain(call.method()).plain("\n/\n").query(query).plain("\n");
        for (String name : headers) {
            canonical.plain(name).plain(":").plain(signedHeader(name)).plain("\n");
        }
        canonical.plain("\n").plain(list).plain("\n").plain(call.header("x-acs-content-sha256"));
        this.stringToSign = ALGORITHM + "\n" + hash(canonical.toBytes());
    }

    private String signedHeader(String name) {
        String value = call.header(name);
        if (value.isEmpty() && ALWAYS_SIGNED.contains(name)) {
            throw GatewayException.missing(name);
        }
        return value;
    }

    /** The value of one of {@code name=value} that commas separate. */
    private static String part(String parts, String name) {
        for (String part : parts.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equals(name) && equals + 1 < part.strip().length()) {
                return part.substring(equals + 1).strip();
            }
        }
        throw incomplete("Authorization has no " + name);
    }

    private static GatewayException incomplete(String why) {
        return new GatewayException(GatewayError.INCOMPLETE_SIGNATURE, "The signature is incomplete: " + why + ".");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    @Override
    public String accessKeyId() {
        return accessKeyId;
    }

    @Override
    public String nonce() {
        return call.header("x-acs-signature-nonce");
    }

    @Override
    public String timestamp() {
        return call.header("x-acs-date");
    }

    @Override
    public boolean isMadeWith(Secret secret) {
        byte[] expected = SignMethod.HMAC_SHA256.mac(secret.utf8(), stringToSign.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String stringToSign() {
        return stringToSign;
    }
}
