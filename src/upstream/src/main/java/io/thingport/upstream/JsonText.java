package io.thingport.upstream;

/** Writes JSON strings [RFC 8259, 7]. */
final class JsonText {

    private JsonText() {
    }

    /** Appends a text with its quotation marks. */
    static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
