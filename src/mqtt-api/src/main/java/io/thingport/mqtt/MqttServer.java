package io.thingport.mqtt;

import java.util.List;
import java.util.Optional;

/** The resource adapter as the application sees it. From any thread. */
public interface MqttServer {

    /**
     * Tells that the application is ready. Starts the event loops; the listeners open as soon as a message-driven bean
     * is active, too.
     *
     * @throws IllegalStateException when it is open already
     */
    void open(MqttServerSettings settings, MqttApplication application);

    /**
     * What TLS listeners prove themselves with from now on, in handshakes to come; may be called before {@link #open},
     * too. Takes some milliseconds.
     *
     * @throws IllegalArgumentException when it cannot be used, says why; what was in use stays
     */
    void use(TlsMaterial material);

    /**
     * A client has come whose connection the application carries, over WebSocket for instance: what the application passes
     * on is MQTT as on a TCP connection, with the same limits. Does not block.
     *
     * @throws IllegalStateException while clients cannot connect, as {@link #status} says
     */
    BytePort connect(Peer peer, ByteSink sink);

    /** The application goes: closes the listeners and, with 0x8B for 5.0, every channel. Waits for at most 5 s. */
    void close();

    /** Whether devices can connect, and where. */
    Status status();

    /** The loops, in the order of their index; empty before {@link #open}. */
    List<MqttLoop> loops();

    /** Counters of the transport, summed over the loops; a reader may see them a moment late. */
    MqttCounters counters();

    /** What became of TLS handshakes; a reader may see the figures a moment late. */
    TlsCounters tlsCounters();

    /**
     * @param listening true when every listener is bound
     * @param addresses host:port of each bound listener
     * @param problem   why a listener could not be opened
     */
    record Status(boolean listening, List<String> addresses, Optional<String> problem) {
        public Status {
            addresses = List.copyOf(addresses);
        }
    }
}
