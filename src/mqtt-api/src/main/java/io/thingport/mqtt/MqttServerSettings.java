package io.thingport.mqtt;

import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import java.time.Duration;
import java.util.List;

/**
 * How the adapter listens and what it lets a client do. Valid once it exists.
 *
 * @param listeners         the TCP ports; may be none
 * @param tls               what TLS may be spoken on them
 * @param loops             number of event loops, 1 to 256
 * @param connectTimeout    time from accepting a socket to a whole CONNECT
 * @param connectMaximum    largest CONNECT in bytes, fixed header included
 * @param unauthenticatedMaximum bytes held for all connections together whose CONNECT is not accepted yet, at least
 *                          {@code connectMaximum}
 * @param unauthenticatedConnections sockets whose CONNECT is not accepted yet, from which on no more are accepted, at
 *                          least 1
 * @param packetMaximum     largest packet in bytes, fixed header included; also CONNACK's Maximum Packet Size
 * @param receiveMaximum    QoS 1 publishes a client may have open, 1 to 65535; also CONNACK's Receive Maximum
 * @param sendWindow        QoS 1 deliveries open towards a client at most, 1 to 65535; Receive Maximum may lower it
 * @param topicAliasMaximum topic aliases of a connection in each direction, 0 to 65535; also CONNACK's Topic Alias
 *                          Maximum
 * @param outputMaximum     bytes waiting in a socket from which on sends are refused with NO_ROOM and the client is not
 *                          read
 */
public record MqttServerSettings(List<ListenerSettings> listeners, TlsSettings tls, int loops, Duration connectTimeout,
        int connectMaximum, int unauthenticatedMaximum, int unauthenticatedConnections, int packetMaximum,
        int receiveMaximum, int sendWindow, int topicAliasMaximum, int outputMaximum) {

    /** The defaults: port 1883 on all addresses, one loop per core, limits as the Aliyun IoT Platform documents them. */
    public static final MqttServerSettings DEFAULTS = new MqttServerSettings(
            List.of(new ListenerSettings("main", "0.0.0.0", 1883, Transport.AUTO, ClientCertificate.NONE, false, List.of())),
            TlsSettings.DEFAULTS,
            Math.max(1, Runtime.getRuntime().availableProcessors()), Duration.ofSeconds(10), 64 * 1024,
            16 * 1024 * 1024, 10_000, 256 * 1024, 100, 100, 20, 1024 * 1024);

    public MqttServerSettings {
        listeners = List.copyOf(listeners);
        within("loops", loops, 1, 256);
        within("connectMaximum", connectMaximum, 256, 256 * 1024 * 1024);
        within("unauthenticatedMaximum", unauthenticatedMaximum, connectMaximum, Integer.MAX_VALUE);
        within("unauthenticatedConnections", unauthenticatedConnections, 1, Integer.MAX_VALUE);
        within("packetMaximum", packetMaximum, 256, 256 * 1024 * 1024);
        within("receiveMaximum", receiveMaximum, 1, 65_535);
        within("sendWindow", sendWindow, 1, 65_535);
        within("topicAliasMaximum", topicAliasMaximum, 0, 65_535);
        within("outputMaximum", outputMaximum, 1024, Integer.MAX_VALUE);
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout: " + connectTimeout + " is not positive");
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " is not in " + least + ".." + most);
        }
    }
}
