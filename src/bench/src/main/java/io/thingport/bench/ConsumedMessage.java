package io.thingport.bench;

import java.nio.charset.StandardCharsets;

/**
 * A device's message as a consumer process reports it, in one line of ISO 8859-1.
 *
 * @param redelivered whether it says of itself that it may have come before
 */
record ConsumedMessage(String messageId, boolean redelivered, String topic, String text) {

    static ConsumedMessage of(String line) {
        String[] words = line.split(" ", 4);
        return new ConsumedMessage(words[0], Boolean.parseBoolean(words[1]), words[2], words[3]);
    }

    String line() {
        return messageId + " " + redelivered + " " + topic + " " + text;
    }

    String device() {
        return topic.split("/")[2];
    }

    byte[] payload() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
