package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Properties [MQTT 5, 2.2.2]: where they may stand, and how often.
 *
 * <p>[MQTT-2.2.2-1].
 */
@Tag("once")
@ExtendWith(SharedServer.class)
class PropertiesIT {

    private static final Set<Property> CONNECT = EnumSet.of(Property.SESSION_EXPIRY_INTERVAL,
            Property.AUTHENTICATION_METHOD, Property.AUTHENTICATION_DATA, Property.REQUEST_PROBLEM_INFORMATION,
            Property.REQUEST_RESPONSE_INFORMATION, Property.RECEIVE_MAXIMUM, Property.TOPIC_ALIAS_MAXIMUM,
            Property.USER_PROPERTY, Property.MAXIMUM_PACKET_SIZE);
    private static final Set<Property> PUBLISH = EnumSet.of(Property.PAYLOAD_FORMAT_INDICATOR,
            Property.MESSAGE_EXPIRY_INTERVAL, Property.CONTENT_TYPE, Property.RESPONSE_TOPIC, Property.CORRELATION_DATA,
            Property.SUBSCRIPTION_IDENTIFIER, Property.TOPIC_ALIAS, Property.USER_PROPERTY);

    /** [MQTT-2.2.2-1]: of whatever the server sends. */
    @Test
    void haveALengthAlsoWhenThereAreNone(ThingportServer server, Fleet fleet) throws Exception {
        Device device = Wire.echoing(fleet);
        String topic = device.topic(Wire.BOTH);
        try (Wire wire = Wire.clean(server, device)) {
            wire.send(Bytes.subscribe(1, topic, 1));
            assertThat(wire.next()).hasToString("90 04 00 01 00 01");
            byte[] publish = Bytes.publish0(topic, "x");
            assertThat(wire.send(publish).next().bytes()).isEqualTo(publish);
            wire.send(Bytes.unsubscribe(2, topic));
            assertThat(wire.next()).hasToString("b0 04 00 02 00 00");
        }
    }

    @Test
    void ofAnotherPacketAreMalformedInConnect(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        for (Property property : EnumSet.complementOf(EnumSet.copyOf(CONNECT))) {
            try (Wire wire = Wire.sent(server, Bytes.connect(login, property.any()))) {
                assertThat(wire.refused()).as(property.name()).isEqualTo(0x81);
            }
        }
    }

    @Test
    void ofAnotherPacketAreMalformedInPublish(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        for (Property property : EnumSet.complementOf(EnumSet.copyOf(PUBLISH))) {
            try (Wire wire = Wire.clean(server, device)) {
                wire.send(Bytes.publish0(device.topic("user/update"), "x", property.any()));
                assertThat(wire.disconnected()).as(property.name()).isEqualTo(0x81);
            }
        }
    }

    /** All but User Property. */
    @Test
    void standOnceInConnect(ThingportServer server, Fleet fleet) throws Exception {
        Login login = fleet.device().login();
        for (Property property : CONNECT) {
            if (property != Property.USER_PROPERTY) {
                try (Wire wire = Wire.sent(server, Bytes.connect(login, property.any(), property.any()))) {
                    assertThat(wire.refused()).as(property.name()).isEqualTo(0x82);
                }
            }
        }
    }

    /** All but User Property. */
    @Test
    void standOnceInPublish(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        for (Property property : PUBLISH) {
            if (property != Property.USER_PROPERTY) {
                try (Wire wire = Wire.clean(server, device)) {
                    wire.send(Bytes.publish0(device.topic("user/update"), "x", property.any(), property.any()));
                    assertThat(wire.disconnected()).as(property.name()).isEqualTo(0x82);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"RECEIVE_MAXIMUM, 0", "MAXIMUM_PACKET_SIZE, 0", "REQUEST_PROBLEM_INFORMATION, 2",
            "REQUEST_RESPONSE_INFORMATION, 2"})
    void haveAValueThatThereIsInConnect(Property property, int value, ThingportServer server, Fleet fleet)
            throws Exception {
        try (Wire wire = Wire.sent(server, Bytes.connect(fleet.device().login(), property.of(value)))) {
            assertThat(wire.refused()).isEqualTo(0x82);
        }
    }

    @Test
    void haveAValueThatThereIsInPublish(ThingportServer server, Fleet fleet) throws Exception {
        try (Wire wire = Wire.clean(server, fleet.device())) {
            wire.send(Bytes.publish0("/a", "x", Property.PAYLOAD_FORMAT_INDICATOR.of(2)));
            assertThat(wire.disconnected()).isEqualTo(0x82);
        }
    }

    /** Too long for the packet, cut in the middle of one, and an identifier that no property has. */
    @ParameterizedTest
    @ValueSource(strings = {"7f", "02 01", "05 02 00 00", "01 7f", "02 ff 7f"})
    void fitTheirLength(String hex, ThingportServer server, Fleet fleet) throws Exception {
        byte[] properties = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (Wire wire = Wire.clean(server, fleet.device())) {
            assertThat(wire.send(Bytes.packet(0x30, "/a", properties)).disconnected()).isEqualTo(0x81);
        }
    }
}
