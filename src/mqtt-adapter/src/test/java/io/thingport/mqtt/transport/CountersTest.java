package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.connect;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish1;
import static io.thingport.mqtt.testing.Packets.puback;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.testing.Eventually;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures of the transport. */
class CountersTest {

    private static final MqttVersion VERSION = MqttVersion.V3_1_1;

    private final TestServer server = new TestServer(new RecordingHandler());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyPublishIsCountedByDirectionAndQoS() {
        RawClient client = server.client().connected(VERSION);
        client.send(subscribe(VERSION, 1, "a"), publish(VERSION, "a", "x"), publish(VERSION, "b", "x"),
                publish(VERSION, "b", "x"), publish1(VERSION, 1, "a", "x"), publish1(VERSION, 2, "b", "x"));
        client.expect("90 03 00 01 01", publish(VERSION, "a", "x"), puback(1), publish1(VERSION, 1, "a", "x"), puback(2));

        MqttCounters counters = server.transport.counters();

        assertThat(counters.publishesIn0()).isEqualTo(3);
        assertThat(counters.publishesIn1()).isEqualTo(2);
        assertThat(counters.publishesOut0()).isEqualTo(1);
        assertThat(counters.publishesOut1()).isEqualTo(1);
    }

    @Test
    void everyByteIsCounted() {
        String connect = connect(VERSION);
        RawClient client = server.client().connected(connect);
        client.expectSilence();

        MqttCounters counters = server.transport.counters();

        assertThat(counters.bytesIn()).isEqualTo(connect.length() / 2 + 2);
        assertThat(counters.bytesOut()).isEqualTo(4 + 2);
    }

    @Test
    void connectionsAreThoseOfTheMoment() {
        RawClient one = server.client().connected(VERSION);
        server.client().connected(VERSION);
        assertThat(server.transport.counters().connections()).isEqualTo(2);
        assertThat(server.transport.counters().connectsReceived()).isEqualTo(2);

        one.close();

        Eventually.until("gone", () -> server.transport.counters().connections() == 1);
        assertThat(server.transport.counters().connectsReceived()).isEqualTo(2);
    }
}
