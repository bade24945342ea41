package io.thingport.web.openapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters as they come in a query or a form, {@code application/x-www-form-urlencoded} in UTF-8. In the order of their
 * names, as signatures take them; a tree, which no choice of names makes slow.
 */
final class Parameters {

    /** The longest list that an operation takes has 10,000 elements of two fields. */
    static final int MAXIMUM = 25_000;

    private final SortedMap<String, String> byName = new TreeMap<>();

    /**
     * Adds those of a query or a form.
     *
     * @throws GatewayException when it is malformed, has a parameter twice with different values or more than
     *                          {@link #MAXIMUM} of them
     */
    Parameters add(byte[] encoded) {
        int start = 0;
        while (start < encoded.length) {
            int end = start;
            int equals = -1;
            while (end < encoded.length && encoded[end] != '&') {
                if (equals < 0 && encoded[end] == '=') {
                    equals = end;
                }
                end++;
            }
            if (end > start) {
                int nameEnd = equals < 0 ? end : equals;
                put(decode(encoded, start, nameEnd), equals < 0 ? "" : decode(encoded, equals + 1, end));
            }
            start = end + 1;
        }
        return this;
    }

    private void put(String name, String value) {
        String before = byName.put(name, value);
        if (before != null && !before.equals(value)) {
            throw new GatewayException(GatewayError.INVALID_PARAMETER, "The parameter " + name + " is given twice.");
        }
        if (byName.size() > MAXIMUM) {
            throw new GatewayException(GatewayError.INVALID_PARAMETER, "There are more than " + MAXIMUM + " parameters.");
        }
    }

    /** All of them; cannot be changed. */
    SortedMap<String, String> all() {
        return Collections.unmodifiableSortedMap(byName);
    }

    private static String decode(byte[] encoded, int start, int end) {
        byte[] decoded = new byte[end - start];
        int length = 0;
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            byte b = encoded[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                if (i + 2 >= end) {
                    throw malformed();
                }
                b = (byte) (digit(encoded[i + 1]) << 4 | digit(encoded[i + 2]));
                i += 2;
            }
            if (b == 0) { // no text in a database can hold it
                throw new GatewayException(GatewayError.INVALID_PARAMETER, "A parameter holds the character U+0000.");
            }
            ascii &= b >= 0;
            decoded[length++] = b;
        }
        if (ascii) {
            return new String(decoded, 0, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int digit(byte b) {
        int digit = Character.digit(b, 16);
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static GatewayException malformed() {
        return new GatewayException(GatewayError.INVALID_PARAMETER,
                "A parameter is malformed: it has to be percent-encoded UTF-8.");
    }
}
