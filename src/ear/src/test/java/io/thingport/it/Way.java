package io.thingport.it;

/** What MQTT is spoken over. */
public enum Way {
    TCP("tcp"),
    WS("ws"),
    WSS("wss");

    private final String scheme;

    Way(String scheme) {
        this.scheme = scheme;
    }

    int port(ThingportServer server) {
        return switch (this) {
            case TCP -> server.mqttPort();
            case WS -> server.httpPort();
            case WSS -> SharedServer.httpsPort();
        };
    }

    String url(int port) {
        return scheme + "://127.0.0.1:" + port + (webSocket() ? "/mqtt" : "");
    }

    /** Where clients connect that name it like this. */
    public String url(ThingportServer server) {
        return url(port(server));
    }

    boolean webSocket() {
        return this != TCP;
    }

    boolean secure() {
        return this == WSS;
    }
}
