package io.thingport.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes products, devices and access keys through the REST API; names are never used twice. */
public final class Fleet {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private final Rest rest;

    public Fleet(Rest rest) {
        this.rest = rest;
    }

    /** A device of a new product that has the default topic classes only. */
    public Device device() {
        return device(Map.of());
    }

    /** A device of a new product; the topic classes come on top of the default ones: suffix to PUB, SUB or ALL. */
    public Device device(Map<String, String> topicClasses) {
        String productKey = rest.post("/api/v1/products", Json.createObjectBuilder()
                .add("name", "Product_" + NEXT.getAndIncrement()).build()).ok().json().getString("productKey");
        topicClasses.forEach((suffix, operation) -> topicClass(productKey, suffix, operation));
        return device(productKey);
    }

    /** One more device of a product. */
    public Device device(String productKey) {
        JsonObject device = rest.post("/api/v1/products/" + productKey + "/devices", Json.createObjectBuilder()
                .add("deviceName", "device-" + NEXT.getAndIncrement()).build()).ok().json();
        String name = device.getString("deviceName");
        String secret = rest.get("/api/v1/products/" + productKey + "/devices/" + name + "/secret").ok().json()
                .getString("deviceSecret");
        return new Device(productKey, name, secret);
    }

    public void topicClass(String productKey, String suffix, String operation) {
        rest.post("/api/v1/products/" + productKey + "/topic-classes", Json.createObjectBuilder()
                .add("suffix", suffix).add("operation", operation).build()).ok();
    }

    /** The id of a new consumer group. */
    public String consumerGroup() {
        return rest.post("/api/v1/consumer-groups", Json.createObjectBuilder()
                .add("name", "Group_" + NEXT.getAndIncrement()).build()).ok().json().getString("groupId");
    }

    /** Sends messages of a product to a consumer group, and to no other; a kind is data, status or lifecycle. */
    public void subscribe(String productKey, String groupId, String... kinds) {
        rest.send("PUT", "/api/v1/products/" + productKey + "/subscription", Json.createObjectBuilder()
                .add("kinds", Json.createArrayBuilder(List.of(kinds)))
                .add("groups", Json.createArrayBuilder().add(groupId)).build().toString()).ok();
    }

    /** How many messages wait for a consumer group. */
    public int waiting(String groupId) {
        return rest.get("/api/v1/consumer-groups/" + groupId + "/status").ok().json().getInt("waiting");
    }

    /** {@code id:secret} of a new access key with one scope. */
    public String accessKey(String scope) {
        JsonObject key = rest.post("/api/v1/access-keys", Json.createObjectBuilder()
                .add("scopes", Json.createArrayBuilder().add(scope)).build()).ok().json();
        return key.getString("accessKeyId") + ":" + key.getString("accessKeySecret");
    }
}
