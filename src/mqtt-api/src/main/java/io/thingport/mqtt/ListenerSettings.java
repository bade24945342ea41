package io.thingport.mqtt;

import java.util.List;

/**
 * A TCP port that clients connect to.
 *
 * @param name              what logs and the status call it
 * @param host              address to listen on; {@code 0.0.0.0} or {@code ::} for all
 * @param port              1 to 65535
 * @param transport         what is spoken below MQTT
 * @param clientCertificate whether a client is asked for a certificate, where there is TLS
 * @param trustedTls        whether plain bytes come from something in front that has taken TLS off: they count as secure;
 *                          where there are {@code proxies}, only those from them
 * @param proxies           from where connections begin with a header of the PROXY protocol, which tells the client's
 *                          address; from anywhere else none is read
 */
public record ListenerSettings(String name, String host, int port, Transport transport,
        ClientCertificate clientCertificate, boolean trustedTls, List<Network> proxies) {

    /** What is spoken below MQTT. */
    public enum Transport {
        /** TLS or nothing, told apart by the first byte. */
        AUTO,
        TCP,
        TLS,
        /** TLS with a pre-shared key. */
        PSK
    }

    /** Whether a client is asked for a certificate. */
    public enum ClientCertificate {
        NONE,
        /** It may have none. */
        WANT,
        /** Without one the handshake fails. */
        NEED
    }

    public ListenerSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " is not in 1..65535");
        }
        proxies = List.copyOf(proxies);
    }
}
