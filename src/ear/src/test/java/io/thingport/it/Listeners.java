package io.thingport.it;

import io.thingport.bench.ServerProcess;
import java.util.Map;

/** The further MQTT listeners of the shared server. */
final class Listeners {

    /** TLS with a pre-shared key. */
    static final int PSK = ServerProcess.freePort();
    /** Behind a proxy on the same machine. */
    static final int PROXIED = ServerProcess.freePort();

    private Listeners() {
    }

    static Map<String, String> settings() {
        return Map.of("thingport.mqtt.listeners", "psk,proxied",
                "thingport.mqtt.listener.psk.host", "127.0.0.1",
                "thingport.mqtt.listener.psk.port", Integer.toString(PSK),
                "thingport.mqtt.listener.psk.transport", "psk",
                "thingport.mqtt.listener.proxied.host", "127.0.0.1",
                "thingport.mqtt.listener.proxied.port", Integer.toString(PROXIED),
                "thingport.mqtt.listener.proxied.transport", "tcp",
                "thingport.mqtt.listener.proxied.proxies", "127.0.0.0/8");
    }
}
