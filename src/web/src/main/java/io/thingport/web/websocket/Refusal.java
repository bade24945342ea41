package io.thingport.web.websocket;

/** Why a client may not open a WebSocket. */
public enum Refusal {
    /** The page it belongs to is none of those that may connect. */
    ORIGIN(403, "pages of this origin may not connect"),
    /** It offers subprotocols, and MQTT is none of them [MQTT-6.0.0-3]. */
    SUBPROTOCOL(400, "the subprotocol has to be mqtt or mqttv3.1"),
    /** It does not speak the WebSocket of RFC 6455. */
    VERSION(426, "the version of WebSocket has to be 13"),
    /** Clients cannot connect now, or too many are connecting. */
    NOT_NOW(503, "devices cannot connect now");

    private final int status;
    private final String text;

    Refusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
