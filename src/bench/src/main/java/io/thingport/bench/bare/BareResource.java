package io.thingport.bench.bare;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Reads a message of JSON and answers with JSON, at once. */
@Path("messages")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BareResource {

    /** What is sent. */
    public static class Message {
        public String topic;
        public int qos;
        public String payload;
    }

    /** What is answered. */
    public static class Answer {
        public String messageId;
        public String outcome;
    }

    @POST
    public Answer send(Message message) {
        Answer answer = new Answer();
        answer.messageId = "1" + message.payload.length();
        answer.outcome = "sent";
        return answer;
    }
}
