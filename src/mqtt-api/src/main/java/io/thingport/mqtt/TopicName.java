package io.thingport.mqtt;

import java.nio.charset.CharacterCodingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The name of a topic as it stands in a PUBLISH: 1 to 65,535 bytes of UTF-8 without U+0000 and without wildcards
 * [MQTT-3.3.2-2]. Legal once it exists, immutable. Whether it fits this dialect's own grammar (length, depth, levels)
 * is the platform's question.
 */
public final class TopicName {

    private final byte[] utf8;
    private final String text;

    private TopicName(byte[] utf8, String text) {
        this.utf8 = utf8;
        this.text = text;
    }

    /** @throws IllegalArgumentException when it is not a topic name */
    public static TopicName of(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8))
                .filter(t -> t.text.equals(text))
                .orElseThrow(() -> new IllegalArgumentException("not a topic name"));
    }

    /** The topic name in these bytes, which must not change any more; empty when it is none. */
    public static Optional<TopicName> parse(byte[] utf8) {
        if (utf8.length == 0 || utf8.length > 65_535) {
            return Optional.empty();
        }
        for (byte b : utf8) {
            if (b == 0 || b == '+' || b == '#') {
                return Optional.empty();
            }
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return Optional.of(new TopicName(utf8, text));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The encoded bytes; not copied, must not be changed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TopicName other && Arrays.equals(utf8, other.utf8);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The name as text. */
    @Override
    public String toString() {
        return text;
    }
}
