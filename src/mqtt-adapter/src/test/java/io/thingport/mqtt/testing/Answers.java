package io.thingport.mqtt.testing;

import io.thingport.mqtt.MqttVersion;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a server sent, cut into packets. */
public final class Answers {

    private Answers() {
    }

    /**
     * The whole packets in these bytes; bytes that are none at the end count as one.
     */
    public static List<byte[]> packets(byte[] bytes) {
        List<byte[]> packets = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            int end = Math.min(bytes.length, end(bytes, position));
            packets.add(Arrays.copyOfRange(bytes, position, end));
            position = end;
        }
        return packets;
    }

    /** These bytes without the Reason Strings of CONNACK and DISCONNECT, whose wording is no part of the protocol. */
    public static byte[] withoutReasonStrings(byte[] bytes, MqttVersion version) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets(bytes)) {
            all.writeBytes(version == MqttVersion.V5 ? withoutReasonString(packet) : packet);
        }
        return all.toByteArray();
    }

    private static byte[] withoutReasonString(byte[] packet) {
        int type = packet[0] >> 4 & 0x0F;
        int reasonAt = type == 14 ? 2 : 3; // of DISCONNECT and CONNACK with a length of one byte
        int propertyAt = reasonAt + 2;
        if (type != 14 && type != 2 || packet.length <= propertyAt || packet[propertyAt] != 0x1F) {
            return packet;
        }
        byte[] bare = Arrays.copyOf(packet, propertyAt);
        bare[1] = (byte) (bare.length - 2);
        bare[reasonAt + 1] = 0;
        return bare;
    }

    private static int end(byte[] bytes, int start) {
        int length = 0;
        int position = start + 1;
        for (int shift = 0; position < bytes.length; shift += 7) {
            byte b = bytes[position++];
            length |= (b & 0x7F) << shift;
            if (b >= 0) {
                return position + length;
            }
        }
        return bytes.length;
    }
}
