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
    void aConnectThatWaitsForItsAnswerCountsAsUnauthenticated() {
        assertThat(client.unauthenticated()).isEqualTo(Packets.bytes(Packets.connect(MqttVersion.V3_1_1)).length - 2);
    }

    @Test
    void oneThatIsRefusedDoesNot() {
        client.reading(false);
        handler.channels.element().refuse(ReasonCode.NOT_AUTHORIZED, "");

        assertThat(client.closed()).isFalse();
        assertThat(client.unauthenticated()).isZero();
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

    /** Its socket is left open for a while, so that the client can read why. */
    @Test
    void ofAChannelThatIsClosingNothingIsKept() {
        client.reading(false);
        client.send(new byte[PACKET_MAXIMUM]);
        client.send(new byte[1]);

        assertThat(client.closed()).isFalse();
        assertThat(client.unauthenticated()).isZero();
        assertThat(client.memory()).isLessThan(PACKET_MAXIMUM);
    }

    @Test
    void whatFollowsAViolationIsNotKept() {
        EmbeddedClient fresh = new EmbeddedClient(MqttServerSettings.DEFAULTS, new RecordingHandler());
        fresh.reading(false);
        fresh.send(new byte[] {0x10});
        byte[] wrong = new byte[PACKET_MAXIMUM]; // a CONNECT of no length, and what would be more packets
        fresh.send(wrong);

        assertThat(fresh.closed()).isTrue(); // at once: there is nothing that it could read first
        assertThat(fresh.unauthenticated()).isZero();
        assertThat(fresh.memory()).isLessThan(PACKET_MAXIMUM);
        fresh.closeAndExpectNoLeak();
    }
}
