package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void aMessageKeepsItsPayload() {
        Payload view = new Payload() {
            @Override
            public int length() {
                return 1;
            }

            @Override
            public byte[] toByteArray() {
                return new byte[] {7};
            }

            @Override
            public Payload keep() {
                return Payload.of(toByteArray());
            }
        };

        Message message = Message.of(TopicName.of("a"), QoS.AT_LEAST_ONCE, view);

        assertThat(message.payload()).isNotSameAs(view);
        assertThat(message.payload().toByteArray()).containsExactly(7);
        assertThat(message.keep()).isSameAs(message);
        assertThat(message.properties()).isSameAs(PublishProperties.NONE);
    }

    @Test
    void thePayloadsCopyIsTheCallers() {
        Payload payload = Payload.utf8("ab");

        payload.toByteArray()[0] = 'x';

        assertThat(payload.toByteArray()).isEqualTo(new byte[] {'a', 'b'});
        assertThat(payload.keep()).isSameAs(payload);
    }
}
