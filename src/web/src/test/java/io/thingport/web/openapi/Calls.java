package io.thingport.web.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** HTTP requests for tests. */
final class Calls {

    private Calls() {
    }

    static HttpCall call(String method, String query, Map<String, String> headers, String body) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return new HttpCall(method, query.getBytes(StandardCharsets.ISO_8859_1), name -> byName.getOrDefault(name, ""),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** With parameters in a form. */
    static HttpCall form(String body) {
        return call("POST", "", Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"), body);
    }

}
