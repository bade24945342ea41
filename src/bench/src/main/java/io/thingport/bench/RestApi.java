package io.thingport.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The REST API as a server of the owner's calls it. Thread-safe. */
final class RestApi {

    /** Longer than the server ever takes, its database hanging or not. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String authorization;

    /** @param accessKey {@code id:secret} */
    RestApi(int port, String accessKey) {
        base = "http://127.0.0.1:" + port + "/api/v1";
        authorization = "Basic " + Base64.getEncoder().encodeToString(accessKey.getBytes(StandardCharsets.UTF_8));
    }

    /** A new product; its key. */
    String product(String name) {
        return ok("/products", Json.createObjectBuilder().add("name", name).build()).getString("productKey");
    }

    /** One more topic class of a product. */
    void topicClass(String productKey, String suffix, String operation) {
        ok("/products/" + productKey + "/topic-classes", Json.createObjectBuilder().add("suffix", suffix)
                .add("operation", operation).build());
    }

    /** A new device; its secret. */
    CompletableFuture<String> device(String productKey, String name) {
        return post("/products/" + productKey + "/devices", Json.createObjectBuilder().add("deviceName", name).build())
                .thenApply(answer -> succeeded(answer).getString("deviceSecret"));
    }

    /** A new consumer group; its id. */
    String consumerGroup(String name) {
        return ok("/consumer-groups", Json.createObjectBuilder().add("name", name).build()).getString("groupId");
    }

    /** Lets consumer groups receive what the devices of a product publish. */
    void tellData(String productKey, List<String> groups) {
        succeeded(send("PUT", "/products/" + productKey + "/subscription", Json.createObjectBuilder()
                .add("kinds", Json.createArrayBuilder().add("data"))
                .add("groups", Json.createArrayBuilder(groups)).build().toString()));
    }

    /** Pub of QoS 1. */
    CompletableFuture<HttpResponse<String>> pub(String productKey, String deviceName, String suffix, String payload) {
        return pub(productKey, deviceName, suffix, 1, payload);
    }

    /** Pub. */
    CompletableFuture<HttpResponse<String>> pub(String productKey, String deviceName, String suffix, int qos,
            String payload) {
        return post("/products/" + productKey + "/devices/" + deviceName + "/messages", Json.createObjectBuilder()
                .add("topic", suffix).add("qos", qos).add("payload", payload).build());
    }

    /** Lets a consumer group be told when devices of a product come and go. */
    void tellStatus(String productKey, String group) {
        succeeded(send("PUT", "/products/" + productKey + "/subscription", Json.createObjectBuilder()
                .add("kinds", Json.createArrayBuilder().add("status"))
                .add("groups", Json.createArrayBuilder().add(group)).build().toString()));
    }

    /** Nobody is told anything of a product any more. */
    void tellNobody(String productKey) {
        send("DELETE", "/products/" + productKey + "/subscription", "");
    }

    /** Drops what waits for a consumer group, and tells how many messages that were. */
    int clear(String group) {
        return succeeded(send("DELETE", "/consumer-groups/" + group + "/messages", "")).getInt("cleared");
    }

    /** The first products. */
    CompletableFuture<HttpResponse<String>> products() {
        return http.sendAsync(request("/products?limit=1").GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The body of an answer. */
    static JsonObject json(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    private JsonObject ok(String path, JsonObject body) {
        return succeeded(post(path, body).join());
    }

    private static JsonObject succeeded(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer + " " + answer.body());
        }
        return json(answer);
    }

    private CompletableFuture<HttpResponse<String>> post(String path, JsonObject body) {
        return http.sendAsync(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return http.sendAsync(request(path).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).header("Authorization", authorization);
    }
}
