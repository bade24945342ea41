package io.thingport.sample;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import java.util.Optional;

/**
 * What a device has published.
 *
 * @param messageId       the same whenever the message comes again
 * @param topic           {@code /{productKey}/{deviceName}/user/…}
 * @param responseTopic   where the device waits for an answer, if it does
 * @param correlationData Base64; belongs into the answer
 */
public record Uplink(String messageId, String topic, Optional<String> responseTopic, Optional<String> correlationData,
        byte[] payload) {

    static Uplink of(BytesMessage message) throws JMSException {
        byte[] payload = new byte[(int) message.getBodyLength()];
        message.readBytes(payload);
        return new Uplink(message.getStringProperty("messageId"), message.getStringProperty("topic"),
                Optional.ofNullable(message.getStringProperty("ResponseTopic")),
                Optional.ofNullable(message.getStringProperty("CorrelationData")), payload);
    }

    String productKey() {
        return topic.split("/")[1];
    }

    String deviceName() {
        return topic.split("/")[2];
    }
}
