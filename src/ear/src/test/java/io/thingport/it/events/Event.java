package io.thingport.it.events;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;

/**
 * An event as it arrived.
 *
 * @param name {@code message}, {@code status} or {@code gap}
 */
record Event(String name, String id, String text) {

    JsonObject data() {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    String payload() {
        return data().getString("payload");
    }
}
