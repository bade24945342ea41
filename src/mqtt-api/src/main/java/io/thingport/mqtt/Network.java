package io.thingport.mqtt;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, written as in {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a block of one
 * [RFC 4632, RFC 4291].
 */
public final class Network {

    /** Letters, digits and dots alone could be a host's name: what begins with a digit or holds a colon cannot. */
    private static final Pattern TEXT = Pattern.compile("([0-9][0-9.]*|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** Reads a block; empty when the text is none or has bits behind its prefix. */
    public static Optional<Network> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] address;
        try {
            address = InetAddress.getByName(matcher.group(1)).getAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        int bits = address.length * 8;
        int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
        if (prefix > bits) {
            return Optional.empty();
        }
        Network network = new Network(address, prefix);
        return Arrays.equals(network.masked(address), address) ? Optional.of(network) : Optional.empty();
    }

    /** Whether an address is one of these. IPv4 addresses mapped into IPv6 are those of IPv4, as Java has them. */
    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.length && Arrays.equals(masked(bytes), address);
    }

    private byte[] masked(byte[] bytes) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - i * 8));
            masked[i] &= (byte) (0xFF << 8 - kept);
        }
        return masked;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Network other && prefix == other.prefix && Arrays.equals(address, other.address);
    }

    @Override
    public int hashCode() {
        return 31 * prefix + Arrays.hashCode(address);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
