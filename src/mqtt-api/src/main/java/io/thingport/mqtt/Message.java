package io.thingport.mqtt;

/** An application message. */
public interface Message {

    TopicName topic();

    QoS qos();

    Payload payload();

    PublishProperties properties();

    /** The same message, valid for ever: a copy of a view, or this. */
    Message keep();

    static Message of(TopicName topic, QoS qos, Payload payload, PublishProperties properties) {
        return new KeptMessage(topic, qos, payload, properties);
    }

    static Message of(TopicName topic, QoS qos, Payload payload) {
        return of(topic, qos, payload, PublishProperties.NONE);
    }
}
