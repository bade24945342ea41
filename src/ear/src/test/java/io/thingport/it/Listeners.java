package io.thingport.it;

import io.thingport.bench.ServerProcess;
import java.util.HashMap;
import java.util.Map;

/** The further MQTT listeners of the shared server; its main one takes certificates, too. */
final class Listeners {

    /** TLS with a pre-shared key. */
    static final int PSK = ServerProcess.freePort();
    /** Behind a proxy on the same machine. */
    static final int PROXIED = ServerProcess.freePort();
    /** TLS with a certificate of the device. */
    static final int CERTIFIED = ServerProcess.freePort();
    /** In clear, and yet as good as encrypted, as behind something that takes TLS off. */
    static final int TRUSTED = ServerProcess.freePort();

    private Listeners() {
    }

    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("thingport.mqtt.listeners", "psk,proxied,trusted,certified");
        settings.put("thingport.mqtt.client-certificate", "want");
        listener(settings, "psk", PSK, "psk");
        listener(settings, "proxied", PROXIED, "tcp");
        settings.put("thingport.mqtt.listener.proxied.proxies", "127.0.0.0/8");
        listener(settings, "trusted", TRUSTED, "tcp");
        settings.put("thingport.mqtt.listener.trusted.trusted-tls", "true");
        listener(settings, "certified", CERTIFIED, "tls");
        settings.put("thingport.mqtt.listener.certified.client-certificate", "need");
        return settings;
    }

    private static void listener(Map<String, String> settings, String name, int port, String transport) {
        String prefix = "thingport.mqtt.listener." + name;
        settings.put(prefix + ".host", "127.0.0.1");
        settings.put(prefix + ".port", Integer.toString(port));
        settings.put(prefix + ".transport", transport);
    }
}
