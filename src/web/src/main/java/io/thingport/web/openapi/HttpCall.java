package io.thingport.web.openapi;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * An HTTP request as it came.
 *
 * @param method  GET or POST
 * @param query   what stands behind the question mark, as it came; empty when there is nothing
 * @param headers the value of a header by its name in any case; empty when it is absent; several are joined by commas
 * @param body    not copied
 */
record HttpCall(String method, byte[] query, UnaryOperator<String> headers, byte[] body) {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** A header's value without blanks around it; empty when it is absent. */
    String header(String name) {
        return headers.apply(name).strip();
    }

    /** Whether the body holds parameters. */
    boolean hasForm() {
        return body.length > 0 && header("content-type").toLowerCase(Locale.ROOT).startsWith(FORM);
    }
}
