package io.thingport.mqtt.testing;

import io.thingport.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Control packets as hexadecimal text. Blanks between the bytes mean nothing. */
public final class Packets {

    public static final String PINGREQ = "C000";
    public static final String PINGRESP = "D000";
    public static final String DISCONNECT = "E000";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Packets() {
    }

    /** Client "c1", keep-alive 60 s, clean session, neither user name nor password. */
    public static String connect(MqttVersion version) {
        return connect(version, 60);
    }

    public static String connect(MqttVersion version, int keepAlive) {
        return packet(0x10, protocol(version) + "02" + hex(keepAlive, 2) + (version == MqttVersion.V5 ? "00" : "")
                + string("c1"));
    }

    /** A CONNECT of 5.0 with these properties, each of them identifier and value. */
    public static String connect5(String... properties) {
        return packet(0x10, protocol(MqttVersion.V5) + "02003C" + properties(properties) + string("c1"));
    }

    /** Protocol name and level. */
    public static String protocol(MqttVersion version) {
        return string(version == MqttVersion.V3_1 ? "MQIsdp" : "MQTT") + hex(version.level(), 1);
    }

    public static String publish(MqttVersion version, String topic, String payload) {
        return packet(0x30, string(topic) + (version == MqttVersion.V5 ? "00" : "") + text(payload));
    }

    public static String publish1(MqttVersion version, int packetId, String topic, String payload) {
        return packet(0x32, string(topic) + hex(packetId, 2) + (version == MqttVersion.V5 ? "00" : "") + text(payload));
    }

    /** A PUBLISH of 5.0 at QoS 0 with these properties. */
    public static String publish5(String topic, String payload, String... properties) {
        return packet(0x30, string(topic) + properties(properties) + text(payload));
    }

    public static String puback(int packetId) {
        return "4002" + hex(packetId, 2);
    }

    /** A SUBSCRIBE that asks for QoS 1. */
    public static String subscribe(MqttVersion version, int packetId, String... filters) {
        return packet(0x82, hex(packetId, 2) + (version == MqttVersion.V5 ? "00" : "")
                + Arrays.stream(filters).map(filter -> string(filter) + "01").collect(Collectors.joining()));
    }

    public static String unsubscribe(MqttVersion version, int packetId, String... filters) {
        return packet(0xA2, hex(packetId, 2) + (version == MqttVersion.V5 ? "00" : "")
                + Arrays.stream(filters).map(Packets::string).collect(Collectors.joining()));
    }

    /** A DISCONNECT of 5.0 with a reason string. */
    public static String disconnect5(int reason, String text) {
        return packet(0xE0, hex(reason, 1) + properties("1F" + string(text)));
    }

    /** First byte, remaining length, body. */
    public static String packet(int firstByte, String body) {
        return hex(firstByte, 1) + variableInt(length(body)) + body;
    }

    /** Properties with their length in front. */
    public static String properties(String... properties) {
        String all = String.join("", properties);
        return variableInt(length(all)) + all;
    }

    /** A UTF-8 Encoded String. */
    public static String string(String text) {
        String utf8 = text(text);
        return hex(length(utf8), 2) + utf8;
    }

    /** The bytes of a text. */
    public static String text(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String hex(int value, int bytes) {
        return HEX.toHexDigits(value, bytes * 2);
    }

    public static String variableInt(int value) {
        StringBuilder bytes = new StringBuilder();
        int rest = value;
        do {
            int more = rest >= 0x80 ? 0x80 : 0;
            bytes.append(hex(rest & 0x7F | more, 1));
            rest >>>= 7;
        } while (rest > 0);
        return bytes.toString();
    }

    public static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    private static int length(String hex) {
        return bytes(hex).length;
    }
}
