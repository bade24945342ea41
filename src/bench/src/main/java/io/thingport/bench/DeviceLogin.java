package io.thingport.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a device says of itself in CONNECT, signed with HMAC-SHA256 as the vendor's devices do.
 *
 * @param clientId the whole client identifier, with its parameters
 * @param userName {@code deviceName&productKey}
 * @param password the signature in hexadecimal
 */
record DeviceLogin(String clientId, String userName, String password) {

    private static final String TIMESTAMP = "1700000000000";

    static DeviceLogin of(String productKey, String deviceName, String secret) {
        String id = "bench." + deviceName;
        String content = "clientId" + id + "deviceName" + deviceName + "productKey" + productKey + "timestamp" + TIMESTAMP;
        return new DeviceLogin(id + "|securemode=3,signmethod=hmacsha256,timestamp=" + TIMESTAMP + "|",
                deviceName + "&" + productKey, sign(secret, content));
    }

    /** HMAC-SHA256 in hexadecimal. */
    static String sign(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
