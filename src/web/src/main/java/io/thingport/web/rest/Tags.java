package io.thingport.web.rest;

import io.thingport.platform.registry.Device;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Entity tags [RFC 9110, 8.8.3]. A tag stands for what an answer says: who reads the same twice has the same tag, whatever
 * happened in between.
 */
final class Tags {

    private static final int DIGEST_BYTES = 12;

    private Tags() {
    }

    /** The tag of an answer whose lists have an order. */
    static String of(Record answer) {
        return of(answer.toString());
    }

    /** The tag of what is set of a device: not of its connections, which come and go by themselves. */
    static String of(Device device) {
        return of(device.key() + " " + device.iotId() + " " + device.nickname() + " " + device.enabled());
    }

    private static String of(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a tag is among those that a header If-Match or If-None-Match names. */
    static boolean among(String header, String tag) {
        return Stream.of(header.split(",")).map(String::strip)
                .anyMatch(named -> named.equals("*") || named.equals(tag));
    }

    /** Answers a read: 304 when the caller has it already. */
    static Response read(Optional<String> ifNoneMatch, Record answer) {
        String tag = of(answer);
        boolean known = ifNoneMatch.map(header -> among(header.replace("W/", ""), tag)).orElse(false);
        return (known ? Response.notModified() : Response.ok(answer)).header(HttpHeaders.ETAG, tag).build();
    }

    /** Answers a change with what it has become. */
    static Response changed(Record answer) {
        return Response.ok(answer).header(HttpHeaders.ETAG, of(answer)).build();
    }
}
