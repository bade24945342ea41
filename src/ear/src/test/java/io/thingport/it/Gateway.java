package io.thingport.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Stands before the REST API on a port of its own, and refuses what it is told to with 503. */
final class Gateway implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer listener;
    private final int behind;
    private volatile Optional<String> toRefuse = Optional.empty(); // written by the test's thread, too
    private volatile int refused; // read by the test's thread

    /** @param behind the port of the API */
    Gateway(int behind) throws IOException {
        this.behind = behind;
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", this::handle);
        listener.start();
    }

    String url() {
        return "http://127.0.0.1:" + listener.getAddress().getPort();
    }

    /** Refuses the next message with this payload. */
    void refuseOnce(String payload) {
        toRefuse = Optional.of(Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
    }

    /** How often it has refused. */
    int refused() {
        return refused;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (toRefuse.filter(body::contains).isPresent()) {
            toRefuse = Optional.empty();
            refused++;
            exchange.sendResponseHeaders(503, -1);
        } else {
            exchange.sendResponseHeaders(passOn(exchange, body), -1);
        }
        exchange.close();
    }

    private int passOn(HttpExchange exchange, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + behind + exchange.getRequestURI()));
        for (String header : new String[] {"Authorization", "Content-Type"}) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(header)).ifPresent(v -> request.header(header, v));
        }
        try {
            return http.send(request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        listener.stop(0);
    }
}
