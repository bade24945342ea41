package io.thingport.platform.devicelog;

import io.thingport.mqtt.UserProperty;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored form of properties: a JSON array of arrays of two texts, {@code [["k","v"]]}; none is null. */
final class Pairs {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final JsonGeneratorFactory GENERATORS = JSON.createGeneratorFactory(Map.of());
    private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());

    private Pairs() {
    }

    static Optional<String> text(List<UserProperty> properties) {
        if (properties.isEmpty()) {
            return Optional.empty();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartArray();
            properties.forEach(p -> json.writeStartArray().write(p.key()).write(p.value()).writeEnd());
            json.writeEnd();
        }
        return Optional.of(text.toString());
    }

    static List<UserProperty> read(Optional<String> text) {
        if (text.isEmpty()) {
            return List.of();
        }
        try (JsonReader reader = READERS.createReader(new StringReader(text.get()))) {
            return reader.readArray().getValuesAs(JsonArray.class).stream()
                    .map(pair -> new UserProperty(pair.getString(0), pair.getString(1))).toList();
        }
    }
}
