package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;

/** The PUBLISH being handed over; one for each loop, set anew for each packet. */
final class InboundPublish implements Publish {

    private static final int DUP = 0x08;
    private static final int RETAIN = 0x01;

    private final BufferPayload payload = new BufferPayload();
    private int flags;
    private QoS qos;
    private int packetId;
    private TopicName topic;
    private PublishProperties properties;

    void set(int flags, QoS qos, int packetId, TopicName topic, PublishProperties properties, ByteBuf buffer, int index, int length) {
        this.flags = flags;
        this.qos = qos;
        this.packetId = packetId;
        this.topic = topic;
        this.properties = properties;
        payload.set(buffer, index, length);
    }

    /** Lets go of the read buffer. */
    void clear() {
        payload.clear();
    }

    @Override
    public TopicName topic() {
        return topic;
    }

    @Override
    public QoS qos() {
        return qos;
    }

    @Override
    public Payload payload() {
        return payload;
    }

    @Override
    public PublishProperties properties() {
        return properties;
    }

    @Override
    public boolean dup() {
        return (flags & DUP) != 0;
    }

    @Override
    public int packetId() {
        return packetId;
    }

    @Override
    public boolean retain() {
        return (flags & RETAIN) != 0;
    }

    @Override
    public Message keep() {
        return Message.of(topic, qos, payload, properties);
    }
}
