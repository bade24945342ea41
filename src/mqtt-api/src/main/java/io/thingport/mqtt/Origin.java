package io.thingport.mqtt;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Who counts as one where addresses are counted: an address of IPv4; in IPv6 all of a /64, since every host has as many
 * addresses there as it likes.
 *
 * @param bits the address, or the first half of it
 * @param v6   whether it is of IPv6
 */
public record Origin(long bits, boolean v6) {

    private static final int HALF = 8;
    private static final Origin UNRESOLVED = new Origin(0, false);

    /** Of an address that was never resolved, as no socket has it, all together are one. */
    public static Origin of(InetSocketAddress address) {
        return address.isUnresolved() ? UNRESOLVED : of(address.getAddress());
    }

    static Origin of(InetAddress address) {
        byte[] bytes = address.getAddress();
        long bits = 0;
        for (int i = 0; i < Math.min(bytes.length, HALF); i++) {
            bits = bits << Byte.SIZE | bytes[i] & 0xFF;
        }
        return new Origin(bits, address instanceof Inet6Address);
    }
}
