package io.thingport.it.events;

import io.thingport.it.Deadline;
import io.thingport.it.ThingportServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that watches. What is published once this exists it receives. */
final class Watching implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpResponse<InputStream> response;
    private volatile String lastId = "";

    /**
     * @param accessKey   {@code id:secret}
     * @param path        of a product or device
     * @param lastEventId empty for none
     */
    Watching(ThingportServer server, String accessKey, String path, Optional<String> lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Accept", "text/event-stream").timeout(Deadline.ANSWER).header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(accessKey.getBytes(StandardCharsets.UTF_8)));
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(response + " " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        Thread reader = new Thread(this::read, "watching");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(name, lastId, data));
                    data = "";
                }
            }
        } catch (IOException e) {
            // ended by either side
        } finally {
            ended.countDown();
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    Event next() throws InterruptedException {
        Event next = events.poll(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no event came");
        }
        return next;
    }

    List<String> payloads(int count) throws InterruptedException {
        List<String> payloads = new ArrayList<>();
        while (payloads.size() < count) {
            payloads.add(next().payload());
        }
        return payloads;
    }

    /** The id to go on with. */
    String lastId() {
        return lastId;
    }

    /** Waits until the server ends the stream. */
    boolean ends() throws InterruptedException {
        return ended.await(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether nothing has come that was not asked for. */
    boolean isEmpty() {
        return events.isEmpty();
    }


    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
