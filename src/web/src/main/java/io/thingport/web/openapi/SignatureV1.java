package io.thingport.web.openapi;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The signature in the parameter {@code Signature}, version 1.0: HMAC-SHA1 of all other parameters, of query and form, under
 * the secret with {@code &} behind it. SDKs disagree on whether a parameter without a value is signed, so both count.
 */
final class SignatureV1 implements RequestSignature {

    private static final String SIGNATURE = "Signature";
    private static final int EXPECTED_LENGTH = 1_024;

    private final String method;
    private final SortedMap<String, String> signed;
    private final boolean hasEmpty;
    private final String signature;
    private Optional<byte[]> whole = Optional.empty(); // what is signed, made once: a key may have two secrets
    private Optional<byte[]> withoutEmpty = Optional.empty(); // likewise

    /**
     * @param method HTTP's
     * @throws GatewayException when a parameter of the signature is missing or asks for what there is not
     */
    SignatureV1(String method, SortedMap<String, String> parameters) {
        this.method = method;
        this.signature = required(parameters, SIGNATURE);
        this.signed = new TreeMap<>(parameters);
        signed.remove(SIGNATURE);
        this.hasEmpty = signed.containsValue("");
        required(signed, "AccessKeyId");
        required(signed, "Timestamp");
        required(signed, "SignatureNonce");
        only(signed, "SignatureMethod", "HMAC-SHA1");
        only(signed, "SignatureVersion", "1.0");
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw GatewayException.missing(name);
        }
        return value;
    }

    private static void only(Map<String, String> parameters, String name, String value) {
        if (!required(parameters, name).equals(value)) {
            throw new GatewayException(GatewayError.INVALID_PARAMETER, "The parameter " + name + " has to be " + value + ".");
        }
    }

    @Override
    public String accessKeyId() {
        return signed.get("AccessKeyId");
    }

    @Override
    public String nonce() {
        return signed.get("SignatureNonce");
    }

    @Override
    public String timestamp() {
        return signed.get("Timestamp");
    }

    @Override
    public boolean isMadeWith(Secret secret) {
        byte[] key = (secret.reveal() + "&").getBytes(StandardCharsets.UTF_8);
        whole = whole.or(() -> Optional.of(toSign(true).toBytes()));
        if (isMadeOf(whole.get(), key)) {
            return true;
        }
        if (!hasEmpty) {
            return false;
        }
        withoutEmpty = withoutEmpty.or(() -> Optional.of(toSign(false).toBytes()));
        return isMadeOf(withoutEmpty.get(), key);
    }

    private boolean isMadeOf(byte[] content, byte[] key) {
        byte[] expected = Base64.getEncoder().encode(SignMethod.HMAC_SHA1.mac(key, content));
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }

    private SignedBytes toSign(boolean withEmpty) {
        return new SignedBytes(EXPECTED_LENGTH).plain(method).plain("&%2F&").encodedQuery(signed, withEmpty);
    }

    @Override
    public String stringToSign() {
        return toSign(true).toString();
    }
}
