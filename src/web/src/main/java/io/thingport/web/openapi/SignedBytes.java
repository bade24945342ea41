package io.thingport.web.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Puts together the bytes that are signed. Percent-encodes all but the unreserved characters of RFC 3986, 2.3, with
 * upper-case digits.
 */
final class SignedBytes {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        for (char c = 0; c < UNRESERVED.length; c++) {
            UNRESERVED[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.~".indexOf(c) >= 0;
        }
    }

    private byte[] bytes;
    private int length;

    /** @param expected about how many bytes it will be */
    SignedBytes(int expected) {
        bytes = new byte[expected];
    }

    /** Appends a text in UTF-8 as it is. */
    SignedBytes plain(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    /** Appends {@code name=value&name=value}, each part percent-encoded. */
    SignedBytes query(Map<String, String> parameters) {
        boolean first = true;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (!first) {
                plain("&");
            }
            first = false;
            encoded(parameter.getKey(), "%").plain("=").encoded(parameter.getValue(), "%");
        }
        return this;
    }

    /**
     * Appends what {@link #query} would, percent-encoded as a whole, so that names and values are encoded twice.
     *
     * @param withEmpty whether parameters without a value are in it
     */
    SignedBytes encodedQuery(Map<String, String> parameters, boolean withEmpty) {
        boolean first = true;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (withEmpty || !parameter.getValue().isEmpty()) {
                if (!first) {
                    plain("%26");
                }
                first = false;
                encoded(parameter.getKey(), "%25").plain("%3D").encoded(parameter.getValue(), "%25");
            }
        }
        return this;
    }

    private SignedBytes encoded(String text, String percent) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int widest = percent.length() + 2;
        ensure(Math.multiplyExact(utf8.length, widest));
        for (byte b : utf8) {
            if (b >= 0 && UNRESERVED[b]) {
                bytes[length++] = b;
            } else {
                for (int i = 0; i < percent.length(); i++) {
                    bytes[length++] = (byte) percent.charAt(i);
                }
                bytes[length++] = HEX[b >> 4 & 0xF];
                bytes[length++] = HEX[b & 0xF];
            }
        }
        return this;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** What was put together. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The same as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
