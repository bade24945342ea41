package io.thingport.it.amqp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A message as it reached a consumer. */
interface Delivered {

    byte[] payload();

    /** Application properties. */
    Map<String, Object> properties();

    /** The message-id of the message's properties. */
    String messageId();

    void accept() throws Exception;

    default String text() {
        return new String(payload(), StandardCharsets.UTF_8);
    }
}
