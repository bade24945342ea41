package io.thingport.web.rest;

import io.thingport.web.problem.FieldErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A payload in JSON: {@code payload} for text, {@code payloadBase64} for any bytes. */
final class PayloadFields {

    private PayloadFields() {
    }

    /** The bytes that one of the two fields gives; no bytes when an error was noted. */
    static byte[] bytes(Optional<String> text, Optional<String> base64, FieldErrors errors) {
        errors.check(text.isPresent() != base64.isPresent(), "payload",
                "give either payload, as text, or payloadBase64");
        return text.map(t -> t.getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> base64(base64.orElse(""), "payloadBase64", errors));
    }

    /** What a Base64 text [RFC 4648, 4] stands for; no bytes when an error was noted. */
    static byte[] base64(String text, String field, FieldErrors errors) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            errors.add(field, "is not Base64");
            return new byte[0];
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The text that the bytes are in UTF-8, if they are. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
