package io.thingport.platform.access;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The MACs a device or a consumer may sign with, by their name in the client identifier or user name. */
public enum SignMethod {
    HMAC_MD5("hmacmd5", "HmacMD5"),
    HMAC_SHA1("hmacsha1", "HmacSHA1"),
    HMAC_SHA256("hmacsha256", "HmacSHA256");

    private final String parameter;
    private final String algorithm;

    SignMethod(String parameter, String algorithm) {
        this.parameter = parameter;
        this.algorithm = algorithm;
    }

    /** The method with this value of {@code signmethod}, in whatever case. */
    public static Optional<SignMethod> of(String parameter) {
        for (SignMethod method : values()) {
            if (method.parameter.equalsIgnoreCase(parameter)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The MAC of a content under a key of at least one byte. */
    public byte[] mac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}
