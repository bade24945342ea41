package io.thingport.it.openapi;

import io.thingport.it.Deadline;
import io.thingport.it.Rest;
import io.thingport.it.ThingportServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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

/** Calls the vendor's API with plain HTTP; signs by itself, so that anything about a request can be wrong. */
final class PlainCaller {

    /** How a request is signed and where its parameters are. */
    enum Scheme {
        /** Everything in the query. */
        V1_GET,
        /** Everything in a form. */
        V1_POST,
        /** The content of messages in a form, which comes in chunks, the rest in the query. */
        ACS3
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CONTENT = "MessageContent";

    private final String authority;
    private final String accessKeyId;
    private final String secret;
    private final String nonce;
    private final String time;
    private final String version;

    /** @param accessKey {@code id:secret} */
    PlainCaller(ThingportServer server, String accessKey) {
        this("127.0.0.1:" + server.httpPort(), accessKey.split(":")[0], accessKey.split(":")[1], "", "", "2018-01-20");
    }

    private PlainCaller(String authority, String accessKeyId, String secret, String nonce, String time, String version) {
        this.authority = authority;
        this.accessKeyId = accessKeyId;
        this.secret = secret;
        this.nonce = nonce;
        this.time = time;
        this.version = version;
    }

    PlainCaller withId(String id) {
        return new PlainCaller(authority, id, secret, nonce, time, version);
    }

    PlainCaller withSecret(String other) {
        return new PlainCaller(authority, accessKeyId, other, nonce, time, version);
    }

    PlainCaller withNonce(String same) {
        return new PlainCaller(authority, accessKeyId, secret, same, time, version);
    }

    PlainCaller at(String when) {
        return new PlainCaller(authority, accessKeyId, secret, nonce, when, version);
    }

    PlainCaller withVersion(String other) {
        return new PlainCaller(authority, accessKeyId, secret, nonce, time, other);
    }

    Rest.Answer call(Scheme scheme, String action, Map<String, String> parameters) {
        return scheme == Scheme.ACS3 ? acs3(action, new TreeMap<>(parameters))
                : v1(scheme == Scheme.V1_GET ? "GET" : "POST", action, new TreeMap<>(parameters));
    }

    private Rest.Answer v1(String method, String action, TreeMap<String, String> parameters) {
        parameters.putAll(Map.of("Action", action, "Version", version, "Format", "JSON", "AccessKeyId", accessKeyId,
                "SignatureMethod", "HMAC-SHA1", "SignatureVersion", "1.0", "SignatureNonce", nonce(), "Timestamp", time()));
        String toSign = method + "&%2F&" + encoded(query(parameters));
        parameters.put("Signature", Base64.getEncoder().encodeToString(mac("HmacSHA1", secret + "&", toSign)));
        return method.equals("GET") ? send(HttpRequest.newBuilder(uri(query(parameters))))
                : send(HttpRequest.newBuilder(uri("")).header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(query(parameters))));
    }

    private Rest.Answer acs3(String action, TreeMap<String, String> parameters) {
        String body = parameters.containsKey(CONTENT) ? CONTENT + "=" + encoded(parameters.remove(CONTENT)) : "";
        TreeMap<String, String> headers = new TreeMap<>(Map.of("host", authority, "x-acs-action", action,
                "x-acs-version", version, "x-acs-date", time(), "x-acs-signature-nonce", nonce(),
                "x-acs-content-sha256", hash(body)));
        if (!body.isEmpty()) {
            headers.put("content-type", FORM);
        }
        String signed = String.join(";", headers.keySet());
        String canonical = "POST\n/\n" + query(parameters) + "\n" + headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n").collect(Collectors.joining())
                + "\n" + signed + "\n" + hash(body);
        headers.put("Authorization", "ACS3-HMAC-SHA256 Credential=" + accessKeyId + ",SignedHeaders=" + signed + ",Signature="
                + HexFormat.of().formatHex(mac("HmacSHA256", secret, "ACS3-HMAC-SHA256\n" + hash(canonical))));
        headers.remove("host"); // the client's own
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(query(parameters))).POST(chunked(body));
        headers.forEach(request::header);
        return send(request);
    }

    private static BodyPublisher chunked(String body) {
        return body.isEmpty() ? BodyPublishers.noBody()
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Any request. */
    Rest.Answer send(HttpRequest.Builder request) {
        try {
            return new Rest.Answer(HTTP.send(request.timeout(Deadline.DATABASE).build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String query) {
        return URI.create("http://" + authority + "/" + (query.isEmpty() ? "" : "?" + query));
    }

    private String nonce() {
        return nonce.isEmpty() ? UUID.randomUUID().toString() : nonce;
    }

    private String time() {
        return time.isEmpty() ? Instant.now().truncatedTo(ChronoUnit.SECONDS).toString() : time;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream().map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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
}
