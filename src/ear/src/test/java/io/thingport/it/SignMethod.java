package io.thingport.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The sign methods as a device or a consumer applies them; written for the tests, independent of what the server does. */
public enum SignMethod {
    HMACMD5("HmacMD5"),
    HMACSHA1("HmacSHA1"),
    HMACSHA256("HmacSHA256");

    private final String algorithm;

    SignMethod(String algorithm) {
        this.algorithm = algorithm;
    }

    /** As the client id spells it. */
    public String word() {
        return name().toLowerCase();
    }

    /** In hexadecimal, as devices sign. */
    public String sign(String secret, String content) {
        return HexFormat.of().formatHex(mac(secret, content));
    }

    /** In Base64, as consumers sign. */
    public String signBase64(String secret, String content) {
        return Base64.getEncoder().encodeToString(mac(secret, content));
    }

    private byte[] mac(String secret, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
