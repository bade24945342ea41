package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RecordingHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client has sent and nobody has taken is bounded. */
class InputBoundTest {

    private static final int PACKET_MAXIMUM = MqttServerSettings.DEFAULTS.packetMaximum();

    private final RecordingHandler handler = new RecordingHandler() {
        @Override
        public void connect(MqttChannel channel, Connect connect) {
            channels.add(channel); // and no answer
        }
    };
    private final EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, handler);

    @BeforeEach
    void connect() {
        client.send(Packets.connect(MqttVersion.V3_1_1));
    }

    @AfterEach
    void noLeak() {
        client.closeAndExpectNoLeak();
    }

    @Test
    void nothingIsReadUntilConnectIsAnswered() {
        assertThat(client.beingRead()).isFalse();
    }

    @Test
    void whatHadBeenReadBehindConnectIsKeptUpToTheLargestPacket() {
        client.send(new byte[PACKET_MAXIMUM]);

        assertThat(client.closed()).isFalse();
    }

    @Test
    void beyondThatTheChannelIsClosed() {
        client.send(new byte[PACKET_MAXIMUM]);
        client.send(new byte[1]);

        assertThat(client.closed()).isTrue();
        assertThat(handler.closed).singleElement().satisfies(closed -> {
            assertThat(closed.why().cause()).isEqualTo(Cause.PROTOCOL_ERROR);
            assertThat(closed.why().reason()).contains(ReasonCode.PACKET_TOO_LARGE);
        });
    }
}
