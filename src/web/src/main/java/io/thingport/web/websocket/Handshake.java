package io.thingport.web.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client's request for a WebSocket says [RFC 6455, 4.2.1].
 *
 * @param origin       the page it comes from, which browsers name and others need not
 * @param subprotocols those it offers, the one it likes best first
 */
record Handshake(String version, Optional<String> origin, List<String> subprotocols) {

    /** What clients may call MQTT: 5.0 and 3.1.1, and 3.1. */
    static final List<String> SUBPROTOCOLS = List.of("mqtt", "mqttv3.1");

    Handshake {
        subprotocols = List.copyOf(subprotocols);
    }

    /** Whether a request is one at all. */
    static boolean isIn(HttpServletRequest request) {
        return request.getMethod().equals("GET") && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    static Handshake of(HttpServletRequest request) {
        List<String> offered = new ArrayList<>();
        Enumeration<String> lines = request.getHeaders("Sec-WebSocket-Protocol");
        for (String line : lines == null ? List.<String>of() : Collections.list(lines)) {
            for (String name : line.split(",")) {
                offered.add(name.strip());
            }
        }
        return new Handshake(Optional.ofNullable(request.getHeader("Sec-WebSocket-Version")).orElse(""),
                Optional.ofNullable(request.getHeader("Origin")), offered);
    }

    /** @param origins those that may connect; empty = all */
    Optional<Refusal> refusal(Set<String> origins) {
        if (!version.strip().equals("13")) {
            return Optional.of(Refusal.VERSION);
        }
        if (!origins.isEmpty() && origin.isPresent() && !origins.contains(origin.get())) {
            return Optional.of(Refusal.ORIGIN);
        }
        if (!subprotocols.isEmpty() && subprotocol().isEmpty()) {
            return Optional.of(Refusal.SUBPROTOCOL);
        }
        return Optional.empty();
    }

    /** The one that is answered with: of those offered the first that is MQTT. */
    Optional<String> subprotocol() {
        return subprotocols.stream().filter(SUBPROTOCOLS::contains).findFirst();
    }
}
