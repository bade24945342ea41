package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.thingport.mqtt.testing.Packets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClientHelloTest {

    private static final String EXTENDED_MASTER_SECRET = "00170000";
    private static final String MAX_FRAGMENT_LENGTH = "0001000101";

    @Test
    void whoseExtensionsNameASmallLengthAsksForIt() {
        assertThat(asks(hello(EXTENDED_MASTER_SECRET + MAX_FRAGMENT_LENGTH))).isTrue();
        assertThat(asks(hello(MAX_FRAGMENT_LENGTH + EXTENDED_MASTER_SECRET))).isTrue();
    }

    @Test
    void othersDoNot() {
        assertThat(asks(hello(EXTENDED_MASTER_SECRET))).isFalse();
        assertThat(asks(hello(""))).isFalse();
        assertThat(asks(Packets.bytes("1603010005" + "0000000000"))).isFalse();
    }

    @Test
    void oneThatIsCutOffAnywhereIsNotWholeAndBreaksNothing() {
        byte[] whole = hello(EXTENDED_MASTER_SECRET);
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThat(ClientHello.isWhole(Unpooled.wrappedBuffer(part))).isFalse();
            assertThat(asks(part)).isFalse();
        }
        assertThat(ClientHello.isWhole(Unpooled.wrappedBuffer(whole))).isTrue();
    }

    @Test
    void aRecordLongerThanARecordMayBeIsNotWaitedFor() {
        assertThat(ClientHello.isWhole(Unpooled.wrappedBuffer(Packets.bytes("160301FFFF")))).isTrue();
    }

    private static boolean asks(byte[] bytes) {
        return ClientHello.asksForSmallRecords(Unpooled.wrappedBuffer(bytes));
    }

    /** In one record, with one suite and these extensions. */
    private static byte[] hello(String extensions) {
        String body = "0303" + "00".repeat(32) + "00" + "0002002F" + "0100" + Packets.hex(extensions.length() / 2, 2) + extensions;
        String message = "01" + Packets.hex(body.length() / 2, 3) + body;
        return Packets.bytes("160301" + Packets.hex(message.length() / 2, 2) + message);
    }
}
