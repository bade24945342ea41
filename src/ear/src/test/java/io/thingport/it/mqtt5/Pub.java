package io.thingport.it.mqtt5;

import io.thingport.it.Device;
import io.thingport.it.Rest;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/** The owner's server sends messages to devices. */
final class Pub {

    private Pub() {
    }

    /** Sends a text at QoS 1 to {@code user/get}; returns what became of it. */
    static String send(Rest rest, Device device, String text) {
        return send(rest, device, message(text));
    }

    static String send(Rest rest, Device device, JsonObjectBuilder message) {
        return rest.post(device.path() + "/messages", message.build()).ok().json().getString("outcome");
    }

    /** A text at QoS 1 to {@code user/get}, to which properties may be added. */
    static JsonObjectBuilder message(String text) {
        return Json.createObjectBuilder().add("topic", "user/get").add("qos", 1).add("payload", text);
    }
}
