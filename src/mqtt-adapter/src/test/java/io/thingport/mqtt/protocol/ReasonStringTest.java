package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RecordingHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reason Strings go to those who do not refuse them, and only where they fit [MQTT 5, 3.1.2.11.7]. */
class ReasonStringTest {

    private static final String NOT_WANTED = "17 00";

    private RecordingHandler handler = new RecordingHandler();
    private EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);

    @AfterEach
    void close() {
        client.closeAndExpectNoLeak();
    }

    @Test
    void disconnectSaysWhy() {
        client.send(Packets.connect5());
        client.received();

        client.send("00 00");

        assertThat(client.received()).isEqualTo(Packets.disconnect5(0x81, "packet type 0"));
    }

    @Test
    void disconnectSaysNothingToOneWhoDoesNotWantIt() {
        client.send(Packets.connect5(NOT_WANTED));
        client.received();

        client.send("00 00");

        assertThat(client.received()).isEqualTo("E0028100");
    }

    @Test
    void disconnectSaysNothingWhereItDoesNotFit() {
        client.send(Packets.connect5("27 0000001D"));
        client.received();

        client.send("82 12 0001 0C" + "26" + Packets.string("key") + Packets.string("value") + "000161 03");

        assertThat(client.received()).isEqualTo("E0028100");
    }

    @Test
    void aRefusalSaysWhy() {
        refuseAll();

        client.send(Packets.connect5());

        assertThat(client.received()).isEqualTo("200A0087071F0004" + Packets.text("why?"));
    }

    @Test
    void aRefusalSaysNothingToOneWhoDoesNotWantIt() {
        refuseAll();

        client.send(Packets.connect5(NOT_WANTED));

        assertThat(client.received()).isEqualTo("2003008700");
    }

    private void refuseAll() {
        close();
        handler = new RecordingHandler() {
            @Override
            public void connect(MqttChannel channel, Connect connect) {
                channel.refuse(ReasonCode.NOT_AUTHORIZED, "why?");
            }
        };
        client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);
    }
}
