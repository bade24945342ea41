package io.thingport.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed requests of the vendor's API, as bytes. */
final class VendorRequests {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    private final int port;
    private final String id;
    private final String secret;

    /** @param accessKey {@code id:secret} */
    VendorRequests(int port, String accessKey) {
        this.port = port;
        this.id = accessKey.substring(0, accessKey.indexOf(':'));
        this.secret = accessKey.substring(id.length() + 1);
    }

    /** With signature V1, all in the form. */
    byte[] v1(String action, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.putAll(Map.of("Action", action, "Version", "2018-01-20", "Format", "JSON", "AccessKeyId", id,
                "SignatureMethod", "HMAC-SHA1", "SignatureVersion", "1.0", "SignatureNonce", UUID.randomUUID().toString(),
                "Timestamp", now(), "RegionId", "cn-shanghai"));
        String canonical = encoded(all);
        String signature = Base64.getEncoder().encodeToString(mac("HmacSHA1", secret + "&",
                "POST&%2F&" + encode(canonical)));
        return HttpLine.request("POST", "/", port, FORM, canonical + "&Signature=" + encode(signature));
    }

    /** With signature ACS3, all in the query. */
    byte[] acs3(String action, Map<String, String> parameters) {
        Map<String, String> headers = new TreeMap<>(Map.of("host", "127.0.0.1:" + port, "x-acs-action", action,
                "x-acs-version", "2018-01-20", "x-acs-date", now(), "x-acs-signature-nonce", UUID.randomUUID().toString(),
                "x-acs-content-sha256", sha256("")));
        String query = encoded(new TreeMap<>(parameters));
        String signed = String.join(";", headers.keySet());
        String canonical = "POST\n/\n" + query + "\n" + headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n").collect(Collectors.joining())
                + "\n" + signed + "\n" + sha256("");
        String signature = HexFormat.of().formatHex(mac("HmacSHA256", secret, "ACS3-HMAC-SHA256\n" + sha256(canonical)));
        headers.remove("host");
        return HttpLine.request("POST", "/?" + query, port, headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n").collect(Collectors.joining())
                + "Authorization: ACS3-HMAC-SHA256 Credential=" + id + ",SignedHeaders=" + signed + ",Signature=" + signature
                + "\r\n", "");
    }

    private static String now() {
        return Instant.now(Clock.systemUTC()).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream().map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static byte[] mac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
