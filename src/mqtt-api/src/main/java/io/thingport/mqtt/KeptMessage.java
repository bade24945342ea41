package io.thingport.mqtt;

record KeptMessage(TopicName topic, QoS qos, Payload payload, PublishProperties properties) implements Message {

    KeptMessage {
        payload = payload.keep();
    }

    @Override
    public Message keep() {
        return this;
    }
}
