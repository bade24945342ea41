package io.thingport.sample;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows the latest messages. */
@Path("uplinks")
public class UplinksPage {

    @Inject
    private LatestUplinks latest;

    /** The oldest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Line> latest() {
        return latest.all().stream().map(uplink -> new Line(uplink.messageId(), uplink.topic(),
                new String(uplink.payload(), StandardCharsets.UTF_8))).toList();
    }

    /** A message, its payload as text. */
    public record Line(String messageId, String topic, String payload) {
    }
}
