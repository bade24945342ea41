package io.thingport.it.mqtt3;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.ThingportServer;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** One connection of a device that speaks MQTT 3.1 or 3.1.1 by the byte. Packets are read as hexadecimal with blanks. */
final class Wire implements AutoCloseable {

    /** A topic that the devices of {@link #echoing} may publish and subscribe. */
    static final String BOTH = "user/both";

    static final String ACCEPTED = "20 02 00 00";
    /** Flags of a CONNECT with user name, password and clean session. */
    static final int CLEAN = 0xC2;
    /** Flags of a CONNECT with user name and password that keeps its session. */
    static final int KEPT = 0xC0;
    /** Ill-formed UTF-8, a surrogate, with its length in front. */
    static final String SURROGATE = "0003eda080";

    private final RawConnection raw;

    private Wire(RawConnection raw) {
        this.raw = raw;
    }

    /** A device of a new product that hears what it says on {@link #BOTH}. */
    static Device echoing(Fleet fleet) {
        return fleet.device(Map.of(BOTH, "ALL"));
    }

    /** The server's answer is still to be read. */
    static Wire sent(ThingportServer server, byte[]... packets) throws IOException {
        return new Wire(new RawConnection(server)).send(packets);
    }

    /** Accepted with a clean session. */
    static Wire clean(ThingportServer server, int level, Device device) throws IOException {
        return sent(server, connect(level, CLEAN, device.login())).expect(ACCEPTED);
    }

    /** Accepted with the session of its device, new or old. */
    static Wire kept(ThingportServer server, int level, Device device) throws IOException {
        Wire wire = sent(server, connect(level, KEPT, device.login()));
        assertThat(wire.next()).matches("20 02 0[01] 00");
        return wire;
    }

    static byte[] connect(int level, int flags, Login login) {
        return PacketBytes.connect(level, flags, login.keepAlive()).text(login.clientId()).text(login.userName())
                .text(login.password()).build();
    }

    /** A SUBSCRIBE with packet identifier 10. */
    static byte[] subscribe(int qos, String... filters) {
        return RawConnection.subscribe(4, qos, filters);
    }

    /** An UNSUBSCRIBE with packet identifier 11. */
    static byte[] unsubscribe(String... filters) {
        PacketBytes packet = PacketBytes.packet(0xA2).number(11);
        for (String filter : filters) {
            packet.text(filter);
        }
        return packet.build();
    }

    /** A PUBLISH at QoS 0. */
    static byte[] publish0(String topic, String payload) {
        return RawConnection.publish(4, 0, topic, 0, payload);
    }

    /** A PUBLISH at QoS 1. */
    static byte[] publish1(String topic, int packetId, String payload) {
        return RawConnection.publish(4, 0b0010, topic, packetId, payload);
    }

    /** A packet as this class reads it. */
    static String hex(byte[] packet) {
        return RawConnection.hex(packet);
    }

    /** The owner's server sends a text at QoS 1 to {@code user/get}; what became of it. */
    static String pub(Rest rest, Device device, String text) {
        return rest.post(device.path() + "/messages", Json.createObjectBuilder().add("topic", "user/get").add("qos", 1)
                .add("payload", text).build()).response().body().replaceAll(".*\"outcome\":\\s*\"([^\"]*)\".*", "$1");
    }

    Wire send(byte[]... packets) throws IOException {
        PacketBytes all = PacketBytes.packet(0);
        for (byte[] packet : packets) {
            all.raw(packet);
        }
        raw.send(all.body());
        return this;
    }

    /** Bytes given as hexadecimal with blanks. */
    Wire send(String hex) throws IOException {
        raw.send(hex);
        return this;
    }

    /** The next packet. */
    String next() throws IOException {
        String packet = raw.readPacket();
        assertThat(packet).as("the server closed, a packet was expected").isNotEmpty();
        return packet;
    }

    /** The next packet has to be this one. */
    Wire expect(String packet) throws IOException {
        assertThat(next()).isEqualTo(packet);
        return this;
    }

    /** The next packet has to be a PUBLISH with this first byte and payload; its packet identifier, 0 at QoS 0. */
    int expectPublish(int first, String payload) throws IOException {
        ByteBuffer packet = ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(next()));
        assertThat(packet.get() & 0xFF).isEqualTo(first);
        while (packet.get() < 0) {
            // the remaining length goes on
        }
        packet.position(packet.getShort() + packet.position());
        int packetId = (first & 0b0110) == 0 ? 0 : packet.getShort() & 0xFFFF;
        assertThat(StandardCharsets.UTF_8.decode(packet).toString()).isEqualTo(payload);
        return packetId;
    }

    /** Subscribes; all filters have to be granted. */
    Wire subscribed(String... filters) throws IOException {
        for (String filter : filters) {
            send(subscribe(1, filter)).expect("90 03 00 0a 01");
        }
        return this;
    }

    Wire puback(int packetId) throws IOException {
        return send(PacketBytes.packet(0x40).number(packetId).build());
    }

    /** Asserts that the server has sent nothing that was not read: the next that comes answers a PINGREQ. */
    Wire hasNothingElse() throws IOException {
        return send("c0 00").expect("d0 00");
    }

    /** Says DISCONNECT and waits until the server has closed: the session is without a connection then. */
    void disconnected() throws IOException {
        send("e0 00").closed();
    }

    /** Asserts that the server closes without another byte. */
    void closed() throws IOException {
        assertThat(raw.readToEnd()).isEmpty();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
