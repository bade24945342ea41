package io.thingport.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The REST API as a server of the owner's calls it, with one access key. */
public final class Rest {

    private final HttpClient http;
    private final String base;
    private final String authorization;
    private final String[] headers;

    /** @param accessKey {@code id:secret}; empty to send none */
    public Rest(String base, String accessKey) {
        this(HttpClient.newHttpClient(), base, accessKey.isEmpty() ? ""
                : "Basic " + Base64.getEncoder().encodeToString(accessKey.getBytes(StandardCharsets.UTF_8)), new String[0]);
    }

    private Rest(HttpClient http, String base, String authorization, String[] headers) {
        this.http = http;
        this.base = base;
        this.authorization = authorization;
        this.headers = headers;
    }

    /** The same API with another access key. */
    public Rest as(String accessKey) {
        return new Rest(base, accessKey);
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path, JsonObject body) {
        return send("POST", path, body.toString());
    }

    public Answer delete(String path) {
        return send("DELETE", path, "");
    }

    public Answer postCsv(String path, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), "text/csv");
    }

    /** Any request with a body of JSON, or with none, and one more header. */
    public Answer send(String method, String path, String body, String header, String value) {
        return new Rest(http, base, authorization, new String[] {header, value}).send(method, path, body);
    }

    /** Any request with a body of JSON, or with none. */
    public Answer send(String method, String path, String body) {
        return body.isEmpty() ? send(method, path, HttpRequest.BodyPublishers.noBody(), "")
                : send(method, path, HttpRequest.BodyPublishers.ofString(body), "application/json");
    }

    /** Any request with a body of any type; an empty type for none. */
    public Answer send(String method, String path, HttpRequest.BodyPublisher body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Deadline.DATABASE)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    /**
     * An answer.
     *
     * @param response as it came
     */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        String contentType() {
            return response.headers().firstValue("Content-Type").orElse("");
        }

        public JsonObject json() {
            try (var reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        }

        /** This answer, which has to have succeeded. */
        public Answer ok() {
            if (status() / 100 != 2) {
                throw new AssertionError(response + " " + response.body());
            }
            return this;
        }

        @Override
        public String toString() {
            return status() + " " + response.body();
        }
    }
}
