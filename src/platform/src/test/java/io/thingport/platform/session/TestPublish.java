package io.thingport.platform.session;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A PUBLISH whose payload is overwritten once the call that handed it over has returned. */
final class TestPublish implements Publish {

    private final TopicName topic;
    private final QoS qos;
    private final byte[] bytes;
    private final PublishProperties properties;
    private final Payload view = new Payload() {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public byte[] toByteArray() {
            return bytes.clone();
        }

        @Override
        public Payload keep() {
            return Payload.of(bytes.clone());
        }
    };

    TestPublish(TopicName topic, QoS qos, String payload, PublishProperties properties) {
        this.topic = topic;
        this.qos = qos;
        this.bytes = payload.getBytes(StandardCharsets.UTF_8);
        this.properties = properties;
    }

    void invalidate() {
        Arrays.fill(bytes, (byte) '!');
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
        return view;
    }

    @Override
    public PublishProperties properties() {
        return properties;
    }

    @Override
    public Message keep() {
        return Message.of(topic, qos, view, properties);
    }

    @Override
    public boolean dup() {
        return false;
    }

    @Override
    public int packetId() {
        return qos == QoS.AT_LEAST_ONCE ? 7 : 0;
    }

    @Override
    public boolean retain() {
        return false;
    }
}
