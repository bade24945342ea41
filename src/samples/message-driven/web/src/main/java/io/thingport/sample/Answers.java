package io.thingport.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers devices through the platform's REST API. Thread-safe. */
@ApplicationScoped
public class Answers {

    private static final Logger LOG = System.getLogger(Answers.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(5); // a message is to be done within 30

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

    @Inject
    @ConfigProperty(name = "sample.url", defaultValue = "http://localhost:8080")
    private String url;

    /** {@code id:secret} of an access key with the scope {@code message}. */
    @Inject
    @ConfigProperty(name = "sample.access-key")
    private String accessKey;

    /**
     * Sends the payload back to the topic on which the device waits for an answer.
     *
     * @throws NotNowException when the platform does not take the answer now; later it may
     */
    public void answer(Uplink uplink, String responseTopic) {
        int status = status(request(uplink, responseTopic));
        if (status == 429 || status >= 500) {
            throw new NotNowException("the answer to " + uplink.messageId() + " is refused with " + status);
        }
        LOG.log(Level.INFO, "{0} is answered on {1}: {2}", uplink.messageId(), responseTopic, status);
    }

    private HttpRequest request(Uplink uplink, String responseTopic) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("topic", responseTopic).add("qos", 1)
                .add("payloadBase64", Base64.getEncoder().encodeToString(uplink.payload()));
        uplink.correlationData().ifPresent(data -> body.add("correlationData", data));
        return HttpRequest.newBuilder(URI.create(url + "/api/v1/products/" + uplink.productKey() + "/devices/"
                        + uplink.deviceName() + "/messages")).timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(accessKey.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body.build().toString())).build();
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new NotNowException("no answer from " + url);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotNowException("interrupted");
        }
    }
}
