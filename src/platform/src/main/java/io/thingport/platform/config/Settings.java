package io.thingport.platform.config;

import io.thingport.mqtt.MqttServerSettings;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import io.thingport.platform.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * All settings of the platform, one record per concern. Every component takes the record it needs. May be injected.
 *
 * @param dataDirectory where files are kept that this server makes itself
 */
public record Settings(MqttServerSettings mqtt, TlsFiles tls, KeepAlive keepAlive, Topics topics, Subscriptions subscriptions,
        Sessions sessions, SessionPresent sessionPresent, Will will, Rates rates, VendorApiRates vendorApiRates,
        Registry registry, Upstream upstream, MasterKeySource masterKey, Path accessKeyFile, Path dataDirectory, Amqp amqp,
        WebSocket webSocket, Log log, Audit audit, Rest rest) {

    /**
     * Files of PEM that TLS takes what it needs from; looked at again and again, so that they can be replaced.
     *
     * @param server            what the server proves itself with; without it there is no TLS
     * @param clientAuthorities certificates of those who may have issued a device's
     * @param revocationList    certificates of devices that are valid no more
     */
    public record TlsFiles(Optional<ServerFiles> server, Optional<Path> clientAuthorities, Optional<Path> revocationList) {
    }

    /**
     * @param certificate the server's certificate and those that lead to its root
     * @param key         its private key
     */
    public record ServerFiles(Path certificate, Path key) {
    }

    /**
     * The device log.
     *
     * @param level     how much goes into it, where a product or a device says nothing else
     * @param retention how long an entry is kept
     * @param entries   how many are kept; of more the oldest go
     */
    public record Log(LogLevel level, Duration retention, int entries) {
    }

    /**
     * @param origins the pages that may connect, each as a browser's header Origin names it; empty = all may
     */
    public record WebSocket(Set<String> origins) {
        public WebSocket {
            origins = Set.copyOf(origins);
        }
    }

    /**
     * @param retention how long an entry of the audit trail is kept
     */
    public record Audit(Duration retention) {
    }

    /**
     * @param origins the pages that may use the REST API from a browser, each as its header Origin names it; empty = none
     */
    public record Rest(Set<String> origins) {
        public Rest {
            origins = Set.copyOf(origins);
        }
    }

    /** The keep-alive a CONNECT may ask for, bounds included. */
    public record KeepAlive(Duration minimum, Duration maximum) {
    }

    /**
     * @param lengthMaximum the longest topic or filter, in bytes of UTF-8
     * @param depthMaximum  the most slashes in one
     */
    public record Topics(int lengthMaximum, int depthMaximum) {
    }

    /**
     * @param deviceMaximum subscriptions one device may hold, and filters in one UNSUBSCRIBE
     * @param packetMaximum filters in one SUBSCRIBE
     */
    public record Subscriptions(int deviceMaximum, int packetMaximum) {
    }

    /**
     * What may wait for one session; of what exceeds either bound the oldest is dropped and counted.
     *
     * @param queueBytes of payload
     * @param queueAge   how long a message may wait
     */
    public record Sessions(int queueMessages, int queueBytes, Duration queueAge) {
    }

    /** When CONNACK says that a session was found. */
    public enum SessionPresent {
        /** As MQTT has it. */
        OASIS,
        /** Never to the vendor's C SDK 4, which in MQTT 5 takes a CONNACK with the flag for malformed. */
        NEVER_FOR_C_SDK
    }

    /** What becomes of a CONNECT with a will. */
    public enum Will { IGNORE, REJECT }

    /** What Receive Maximum of an MQTT 5 client bounds. */
    public enum ReceiveMaximum {
        /** The QoS 1 messages that wait for its acknowledgement, as MQTT has it, and those sent to it in a second. */
        BOTH,
        /** Those that wait for its acknowledgement. */
        WINDOW
    }

    /**
     * How often something may happen in a second; 0 = as often as it comes.
     *
     * @param connectsPerDevice        connects of one device in a minute
     * @param failedConnectsPerAddress refusals for bad credentials to one address in a minute; more are held back
     * @param device                   of each device, unless its product says otherwise
     * @param server                   of all together
     * @param requestsPerKey           HTTP requests of one access key, unless the key says otherwise
     */
    public record Rates(ReceiveMaximum receiveMaximum, int connectsPerDevice, int failedConnectsPerAddress, DeviceRates device,
            ServerRates server, int requestsPerKey) {

        /** Without a bound for HTTP requests. */
        public Rates(ReceiveMaximum receiveMaximum, int connectsPerDevice, int failedConnectsPerAddress, DeviceRates device,
                ServerRates server) {
            this(receiveMaximum, connectsPerDevice, failedConnectsPerAddress, device, server, 0);
        }
    }

    /** How often each operation of the vendor's API may be called in a second, by all callers together. */
    public enum VendorApiRates {
        UNLIMITED,
        /** As the vendor lets an account call it. */
        DOCUMENTED
    }

    /**
     * @param cacheMaximum  devices whose credentials are kept in memory
     * @param statusMaximum devices whose comings and goings may wait to be written
     */
    public record Registry(int cacheMaximum, int statusMaximum) {
    }

    /**
     * What business servers are told.
     *
     * @param timeZone             of times that are told without one
     * @param groupMessagesMaximum what may wait for a group; of more the newest are dropped and counted
     * @param retention            how long a message may wait for a group
     * @param external             the message engine, if it is not the embedded one
     */
    public record Upstream(ZoneId timeZone, int groupMessagesMaximum, Duration retention,
            Optional<ExternalEngine> external) {
    }

    /**
     * A message engine elsewhere.
     *
     * @param url as its client takes it
     */
    public record ExternalEngine(String url, Optional<String> user, Optional<Secret> password) {
    }

    /**
     * The key that seals secrets.
     *
     * @param value   the key itself, Base64 of 32 bytes, or several versions of it; it wins
     * @param keyFile a file that holds it; made at the first start when neither is there
     */
    public record MasterKeySource(Optional<Secret> value, Path keyFile) {
    }

    /**
     * Where consumers are awaited.
     *
     * @param port without TLS; {@link #NONE} = no such listener
     */
    public record Amqp(String host, int port, Optional<AmqpTls> tls) {

        public static final int NONE = -1;

        /** Without TLS alone. */
        public Amqp(String host, int port) {
            this(host, port, Optional.empty());
        }
    }

    /**
     * Where consumers are awaited over AMQP with TLS.
     *
     * @param keyStore of PKCS #12, with one private key and its certificates
     * @param password of the key store and of the key
     */
    public record AmqpTls(String host, int port, Path keyStore, Secret password) {
    }
}
