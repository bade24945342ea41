package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.testing.Packets;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that is closed for what its client did is named in the log, in one line without a secret. */
class ClosingLogTest {

    private final Logger logger = Logger.getLogger(EventLoopState.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private final EmbeddedClient client = new EmbeddedClient(MqttServerSettings.DEFAULTS, new RecordingHandler());

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        client.closeAndExpectNoLeak();
    }

    @Test
    void aViolationIsNamedWithReasonAndAddress() {
        client.send(Packets.connect(MqttVersion.V3_1_1) + "00 00");

        assertThat(lines).containsExactly(
                "Connection closed: MALFORMED_PACKET, localhost/127.0.0.1:40000, packet type 0");
    }

    @Test
    void theFirstPacketThatIsNoConnectIsNamed() {
        client.send(Packets.PINGREQ);

        assertThat(lines).containsExactly(
                "Connection closed: PROTOCOL_ERROR, localhost/127.0.0.1:40000, first packet is not CONNECT");
    }

    @Test
    void nothingOfAMalformedConnectIsQuoted() {
        client.send(Packets.packet(0x10, Packets.protocol(MqttVersion.V5) + "C2003C00" + Packets.string("secret-id")
                + Packets.string("secret-user") + Packets.string("secret-password") + "00"));

        assertThat(lines).hasSize(1).allSatisfy(line -> assertThat(line).doesNotContain("secret"));
    }

    @Test
    void theApplicationIsToldOfWhatCameInsteadOfConnect() {
        client.send(Packets.PINGREQ);

        assertThat(client.malformed()).containsExactly(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void ofAViolationAfterConnectItIsToldByTheClose() {
        client.send(Packets.connect(MqttVersion.V3_1_1) + "00 00");

        assertThat(client.malformed()).isEmpty();
    }

    @Test
    void whoLeavesInOrderIsNotNamed() {
        client.send(Packets.connect(MqttVersion.V5) + Packets.DISCONNECT);

        assertThat(lines).isEmpty();
    }
}
