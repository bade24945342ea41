package io.thingport.it.mqtt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.io.IOException;
import java.util.Map;

/** One connection of a device that speaks MQTT 5 by the byte. */
final class Wire implements AutoCloseable {

    /** A topic that the devices of {@link #echoing} may publish and subscribe. */
    static final String BOTH = "user/both";

    private static final byte[] NEVER = Property.SESSION_EXPIRY_INTERVAL.of(0xFFFF_FFFFL);

    private final RawConnection raw;

    private Wire(RawConnection raw) {
        this.raw = raw;
    }

    /** A device of a new product that hears what it says on {@link #BOTH}. */
    static Device echoing(Fleet fleet) {
        return fleet.device(Map.of(BOTH, "ALL"));
    }

    /** Connected, nothing sent. */
    static Wire open(ThingportServer server) throws IOException {
        return new Wire(new RawConnection(server));
    }

    /** The server's answer is still to be read. */
    static Wire sent(ThingportServer server, byte[] bytes) throws IOException {
        return open(server).send(bytes);
    }

    /** Accepted with a clean session. */
    static Wire clean(ThingportServer server, Device device, byte[]... properties) throws IOException {
        return sent(server, Bytes.connect(device.login(), properties)).accepted();
    }

    /** Accepted with its session, which never expires. */
    static Wire kept(ThingportServer server, Device device, byte[]... properties) throws IOException {
        return sent(server, keeping(device, properties)).accepted();
    }

    /** The CONNECT of {@link #kept}. */
    static byte[] keeping(Device device, byte[]... properties) {
        return Bytes.connect(Bytes.LOGIN, device.login(), Bytes.of(NEVER, Bytes.of((Object[]) properties)));
    }

    Wire send(byte[]... packets) throws IOException {
        raw.send(Bytes.of((Object[]) packets));
        return this;
    }

    /** The next packet. */
    Packet next() throws IOException {
        byte[] bytes = raw.readPacketBytes();
        assertThat(bytes).as("the server closed, a packet was expected").isNotEmpty();
        return new Packet(bytes);
    }

    /** The next packet, which has to be of this type. */
    Packet next(int type) throws IOException {
        Packet packet = next();
        assertThat(packet.type()).as(packet.toString()).isEqualTo(type);
        return packet;
    }

    private Wire accepted() throws IOException {
        Packet connack = next(Packet.CONNACK);
        assertThat(connack.reason()).as(connack.toString()).isZero();
        return this;
    }

    /** Subscribes; all filters have to be granted. */
    Wire subscribed(String... filters) throws IOException {
        for (String filter : filters) {
            send(Bytes.subscribe(9, filter, 1));
            assertThat(next(Packet.SUBACK).reasons()).containsExactly(1);
        }
        return this;
    }

    /** Asserts that the server has sent nothing that was not read: the next that comes answers a PINGREQ. */
    Wire hasNothingElse() throws IOException {
        send(Bytes.PINGREQ).next(Packet.PINGRESP);
        return this;
    }

    /** The reason of DISCONNECT, which has to be the last that comes. */
    int disconnected() throws IOException {
        return last(Packet.DISCONNECT);
    }

    /** The reason of CONNACK, which has to be the last that comes. */
    int refused() throws IOException {
        return last(Packet.CONNACK);
    }

    private int last(int type) throws IOException {
        int reason = next(type).reason();
        closed();
        return reason;
    }

    /** Asserts that the server closes without another byte. */
    void closed() throws IOException {
        assertThat(raw.closedSilently()).as("closed silently").isTrue();
    }

    /** Says DISCONNECT and waits until the server has closed: from then on the device is away. */
    void leave() throws IOException {
        send(Bytes.packet(0xE0)).closed();
        close();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
