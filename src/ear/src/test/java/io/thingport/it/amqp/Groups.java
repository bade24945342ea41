package io.thingport.it.amqp;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Rest;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes consumer groups, and products whose messages go there. */
final class Groups {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private final Rest rest;

    Groups(Rest rest) {
        this.rest = rest;
    }

    /** The id of a new group. */
    String group() {
        return rest.post("/api/v1/consumer-groups", Json.createObjectBuilder().add("name", "amqp_" + NEXT.getAndIncrement())
                .build()).ok().json().getString("groupId");
    }

    /** A device of a new product that sends what it publishes to these groups. */
    Device device(String... groups) {
        Device device = new Fleet(rest).device();
        subscribe(device.productKey(), List.of("data"), List.of(groups));
        return device;
    }

    void subscribe(String productKey, List<String> kinds, List<String> groups) {
        JsonObject subscription = Json.createObjectBuilder().add("kinds", array(kinds)).add("groups", array(groups)).build();
        rest.send("PUT", "/api/v1/products/" + productKey + "/subscription", subscription.toString()).ok();
    }

    /** Messages of a group that no consumer has accepted. */
    long waiting(String group) {
        return rest.get("/api/v1/consumer-groups/" + group + "/status").ok().json().getJsonNumber("waiting").longValue();
    }

    private static JsonArrayBuilder array(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }
}
