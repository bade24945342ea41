package io.thingport.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a consumer of a group says of itself, signed with HMAC-SHA256 as the vendor's samples do. */
record ConsumerLogin(String userName, String password) {

    /** @param accessKey {@code id:secret} */
    static ConsumerLogin of(String clientId, String accessKey, String group) {
        String[] key = accessKey.split(":", 2);
        String timestamp = "1700000000000";
        return new ConsumerLogin(clientId + "|authMode=aksign,signMethod=hmacsha256,timestamp=" + timestamp + ",authId=" + key[0]
                + ",iotInstanceId=,consumerGroupId=" + group + "|",
                sign(key[1], "authId=" + key[0] + "&timestamp=" + timestamp));
    }

    private static String sign(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
