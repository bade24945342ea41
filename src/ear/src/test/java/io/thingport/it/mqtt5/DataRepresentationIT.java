package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data representation [MQTT 5, 1.5].
 *
 * <p>[MQTT-1.5.4-1], [MQTT-1.5.4-2], [MQTT-1.5.4-3], [MQTT-1.5.5-1], [MQTT-1.5.7-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class DataRepresentationIT {

    /** [MQTT-1.5.4-1]: surrogates, over-long forms, stray and missing bytes, beyond U+10FFFF. */
    @ParameterizedTest
    @ValueSource(strings = {"eda080", "edbfbf", "c080", "c1bf", "e08080", "80", "c3", "e282", "f4908080", "ff"})
    void textIsWellFormedUtf8(String hex, ThingportServer server, Fleet fleet) throws Exception {
        byte[] text = HexFormat.of().parseHex(hex);
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.publish0("/a", "x", Property.CONTENT_TYPE.of(text)));
            assertThat(wire.disconnected()).isEqualTo(0x81);
        }
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.packet(0x82, 0, 1, 0, Bytes.two(text.length), text, 0));
            assertThat(wire.disconnected()).isEqualTo(0x81);
        }
    }

    /** [MQTT-1.5.4-2] */
    @Test
    void textHasNoNullCharacter(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        try (Wire wire = Wire.sent(server, Bytes.connect(login.userName(login.userName() + '\0')))) {
            assertThat(wire.refused()).isEqualTo(0x81);
        }
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.subscribe(1, "/a\0", 0)).disconnected()).isEqualTo(0x81);
        }
    }

    /** [MQTT-1.5.4-3] */
    @Test
    void byteOrderMarkIsACharacter(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            wire.send(Bytes.publish0(topic, "x", Property.CONTENT_TYPE.of("\uFEFFtext"), Property.user("\uFEFF", "\uFEFF")));
            assertThat(wire.next(Packet.PUBLISH).properties()).containsExactly(Property.CONTENT_TYPE.is("\uFEFFtext"),
                    Property.USER_PROPERTY.is("\uFEFF:\uFEFF"));
        }
    }

    /** [MQTT-1.5.5-1]: a remaining length of 127, of 128, of 16,383 and of 16,384. */
    @ParameterizedTest
    @CsvSource({"127, 1", "128, 2", "16383, 2", "16384, 3"})
    void variableByteIntegerIsAsShortAsCanBe(int length, int bytes, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device).subscribed(topic)) {
            wire.send(Bytes.publish0(topic, "x".repeat(length - 2 - topic.length() - 1)));
            Packet publish = wire.next(Packet.PUBLISH);
            assertThat(publish.bytes()).hasSize(1 + bytes + length);
            assertThat(publish.lengthBytes()).isEqualTo(bytes);
        }
    }

    /** [MQTT-1.5.7-1] */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothTextsOfAPairAreWellFormed(boolean key, ThingportServer server, Fleet fleet) throws Exception {
        byte[] wrong = Bytes.of(Bytes.two(3), Bytes.SURROGATE);
        byte[] right = Bytes.of("right");
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.publish0("/a", "x", Bytes.of(0x26, key ? wrong : right, key ? right : wrong)));
            assertThat(wire.disconnected()).isEqualTo(0x81);
        }
    }
}
