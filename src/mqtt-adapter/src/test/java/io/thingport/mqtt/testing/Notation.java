package io.thingport.mqtt.testing;

import io.thingport.mqtt.MqttVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notation of bytes in vector files: hexadecimal digits; {@code "text"} in UTF-8; {@code *100} behind, so many times;
 * {@code [ … ]} behind its length as a variable byte integer, {@code ( … )} behind its length in two bytes;
 * {@code $name} for what was defined before, for one version or for all.
 */
final class Notation {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?:((?:[0-9A-Fa-f]{2})+)|\"([^\"]*)\"|(\\$\\w+))(?:\\*(\\d+))?|([\\[(])|([\\])]))\\s*");

    private final Map<String, String> definitions = new HashMap<>();

    void define(String name, MqttVersion version, String text) {
        definitions.put(name + version, text);
    }

    byte[] bytes(String notation, MqttVersion version) {
        String text = notation.strip();
        Matcher tokens = TOKEN.matcher(text);
        Reading reading = new Reading(tokens, version);
        byte[] bytes = reading.untilClosed();
        if (reading.position != text.length()) {
            throw new IllegalArgumentException("not understood: " + text.substring(reading.position));
        }
        return bytes;
    }

    private byte[] defined(String name, MqttVersion version) {
        String text = definitions.get(name + version);
        if (text == null) {
            throw new IllegalArgumentException(name + " is not defined for " + version);
        }
        return bytes(text, version);
    }

    private final class Reading {

        private final Matcher tokens;
        private final MqttVersion version;
        private int position;

        Reading(Matcher tokens, MqttVersion version) {
            this.tokens = tokens;
            this.version = version;
        }

        /** The bytes up to the bracket that closes, which is passed, or to what is no token. */
        byte[] untilClosed() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (tokens.find(position) && tokens.start() == position) {
                position = tokens.end();
                if (tokens.group(6) != null) {
                    break;
                }
                String times = tokens.group(4);
                byte[] piece = piece();
                for (int i = times == null ? 1 : Integer.parseInt(times); i > 0; i--) {
                    bytes.writeBytes(piece);
                }
            }
            return bytes.toByteArray();
        }

        private byte[] piece() {
            if (tokens.group(1) != null) {
                return Packets.bytes(tokens.group(1));
            }
            if (tokens.group(2) != null) {
                return tokens.group(2).getBytes(StandardCharsets.UTF_8);
            }
            if (tokens.group(3) != null) {
                return defined(tokens.group(3), version);
            }
            UnaryOperator<String> length = tokens.group(5).equals("[")
                    ? inner -> Packets.variableInt(inner.length() / 2)
                    : inner -> Packets.hex(inner.length() / 2, 2);
            String inner = Packets.hex(untilClosed());
            return Packets.bytes(length.apply(inner) + inner);
        }
    }
}
