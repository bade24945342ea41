package io.thingport.platform.function;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads single values of the top level of a JSON object, without building what is beside or below them. Takes time in
 * proportion to the text, whatever that is.
 */
final class TopLevelReader {

    /** How deep objects and arrays may stand in one another. */
    static final int DEPTH_MAXIMUM = 64;

    private final JsonProvider provider;
    private final JsonParserFactory parsers;

    TopLevelReader(JsonProvider provider) {
        this.provider = provider;
        this.parsers = provider.createParserFactory(Map.of());
    }

    /**
     * The values with these names, as far as they are there and neither objects nor arrays; of a name that comes twice the
     * first. Empty when the bytes are not one JSON object in UTF-8, or nest too deep.
     */
    Optional<Map<String, JsonScalar>> read(byte[] bytes, Set<String> names) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            return read(parser, names);
        } catch (RuntimeException e) { // the parser throws several, and not all of them are JsonException
            return Optional.empty();
        }
    }

    private Optional<Map<String, JsonScalar>> read(JsonParser parser, Set<String> names) {
        if (parser.next() != Event.START_OBJECT) {
            return Optional.empty();
        }
        Map<String, JsonScalar> found = new HashMap<>();
        int depth = 1;
        boolean wanted = false;
        String name = "";
        while (parser.hasNext()) {
            Event event = parser.next();
            switch (event) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case KEY_NAME -> {
                    if (depth == 1) {
                        name = parser.getString();
                        wanted = names.contains(name);
                        continue;
                    }
                }
                default -> {
                    if (wanted) {
                        found.putIfAbsent(name, scalar(event, parser));
                    }
                }
            }
            wanted = false;
            if (depth > DEPTH_MAXIMUM) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private JsonScalar scalar(Event event, JsonParser parser) {
        return switch (event) {
            case VALUE_STRING -> {
                String string = parser.getString();
                yield new JsonScalar(JsonScalar.Kind.STRING, string, quoted(string));
            }
            case VALUE_NUMBER -> of(JsonScalar.Kind.NUMBER, parser.getString());
            case VALUE_TRUE -> of(JsonScalar.Kind.LITERAL, "true");
            case VALUE_FALSE -> of(JsonScalar.Kind.LITERAL, "false");
            default -> of(JsonScalar.Kind.LITERAL, "null");
        };
    }

    private static JsonScalar of(JsonScalar.Kind kind, String json) {
        return new JsonScalar(kind, json, json);
    }

    /** A string as it stands in JSON. */
    String quoted(String string) {
        return provider.createValue(string).toString();
    }
}
