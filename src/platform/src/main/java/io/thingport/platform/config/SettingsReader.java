package io.thingport.platform.config;

import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Network;
import io.thingport.mqtt.TlsSettings;
import io.thingport.platform.config.Settings.Amqp;
import io.thingport.platform.config.Settings.AmqpTls;
import io.thingport.platform.config.Settings.Audit;
import io.thingport.platform.config.Settings.ExternalEngine;
import io.thingport.platform.config.Settings.KeepAlive;
import io.thingport.platform.config.Settings.Log;
import io.thingport.platform.config.Settings.MasterKeySource;
import io.thingport.platform.config.Settings.Rates;
import io.thingport.platform.config.Settings.ReceiveMaximum;
import io.thingport.platform.config.Settings.Registry;
import io.thingport.platform.config.Settings.Rest;
import io.thingport.platform.config.Settings.SessionPresent;
import io.thingport.platform.config.Settings.ServerFiles;
import io.thingport.platform.config.Settings.Sessions;
import io.thingport.platform.config.Settings.Subscriptions;
import io.thingport.platform.config.Settings.TlsFiles;
import io.thingport.platform.config.Settings.Topics;
import io.thingport.platform.config.Settings.Upstream;
import io.thingport.platform.config.Settings.VendorApiRates;
import io.thingport.platform.config.Settings.WebSocket;
import io.thingport.platform.config.Settings.Will;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.limits.DeviceRates;
import io.thingport.platform.limits.ServerRates;
import io.thingport.platform.secrets.MasterKeyRing;
import io.thingport.platform.secrets.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Reads the {@link Settings} from MicroProfile Config and finds everything that is wrong with them at once. */
public final class SettingsReader {

    /** What every key begins with. */
    static final String PREFIX = "thingport.";

    /** Keys of the server's own configuration, which the server reads and checks itself. */
    static final Set<String> SERVER_KEYS = Set.of("http.host", "http.port", "https.host", "https.port",
            "http.proxies", "https.key-store", "https.key-store-password", "database.url",
            "database.user", "database.password", "database.connections", "worker.threads", "worker.queue");

    private static final String LISTENER = "mqtt.listener.";
    private static final int NO_PORT = 0;
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int RATE_MAXIMUM = 1_000_000;
    /** What the database takes as one value: a payload, the subscriptions of a device. */
    private static final int STORED_MAXIMUM = MIB;
    /** The longest system topic in bytes; a filter for calls stands before the topic of one. */
    private static final int SYSTEM_TOPIC = 512;
    /** What a stored filter takes besides its topic: its length, and what stands before the topic of a call. */
    private static final int FILTER_OVERHEAD = 64;
    /** What is kept for the system topics that a device has unsubscribed. */
    private static final int EXCEPTED = 64 * 1024;

    private SettingsReader() {
    }

    /**
     * Reads all settings.
     *
     * @param environment the names of the environment's variables. MicroProfile Config shows each as a key, too; one that
     *                    is no setting may well belong to something else, so it is not held against the settings
     * @throws SettingsException names every wrong key
     */
    public static Settings read(Config config, Set<String> environment) {
        Values values = new Values(key -> config.getOptionalValue(PREFIX + key, String.class));
        Settings settings = settings(values);
        Set<String> unknown = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX) && !environment.contains(variable(name))) {
                unknown.add(name.substring(PREFIX.length()));
            }
        }
        unknown.removeAll(values.known().keySet());
        unknown.removeAll(SERVER_KEYS);
        unknown.forEach(values::unknown);
        values.throwIfWrong();
        return settings;
    }

    /** The variables in an environment that look like settings and are none, for all one can tell: worth a warning. */
    public static Set<String> unknownVariables(Set<String> environment) {
        Values values = new Values(key -> Optional.empty());
        settings(values);
        Set<String> known = new HashSet<>();
        values.known().keySet().forEach(key -> known.add(variable(PREFIX + key)));
        SERVER_KEYS.forEach(key -> known.add(variable(PREFIX + key)));
        return environment.stream().filter(name -> name.startsWith(variable(PREFIX)) && !known.contains(name)
                        && !name.startsWith(variable(PREFIX + LISTENER)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every setting, in the order of its documentation. What is wrong is noted and replaced by its default. */
    static Settings settings(Values values) {
        MqttServerSettings usual = MqttServerSettings.DEFAULTS;
        Path data = values.path("data-directory", "data");
        int connectMaximum = values.size("mqtt.connect-maximum", usual.connectMaximum(), 256, 256 * MIB);
        MqttServerSettings mqtt = new MqttServerSettings(
                listeners(values),
                new TlsSettings(
                        values.flag("tls.legacy-protocols", usual.tls().legacyProtocols()),
                        values.flag("tls.rsa-key-exchange", usual.tls().rsaKeyExchange())),
                values.loops("mqtt.loops", usual.loops(), 256),
                values.duration("mqtt.connect-timeout", usual.connectTimeout(), Duration.ofSeconds(1),
                        Duration.ofMinutes(5)),
                connectMaximum,
                values.size("mqtt.unauthenticated-maximum", Math.max(usual.unauthenticatedMaximum(), connectMaximum),
                        connectMaximum, 1024 * MIB),
                values.number("mqtt.unauthenticated-connections", usual.unauthenticatedConnections(), 1, 1_000_000),
                values.size("mqtt.packet-maximum", usual.packetMaximum(), 256, STORED_MAXIMUM),
                values.number("mqtt.receive-maximum", usual.receiveMaximum(), 1, 65_535),
                values.number("mqtt.send-window", usual.sendWindow(), 1, 65_535),
                values.number("mqtt.topic-alias-maximum", usual.topicAliasMaximum(), 0, 65_535),
                values.size("mqtt.output-maximum", usual.outputMaximum(), KIB, 1024 * MIB));
        Duration longest = Duration.ofSeconds(65_535);
        KeepAlive keepAlive = new KeepAlive(
                values.duration("keep-alive.minimum", Duration.ofSeconds(30), Duration.ofSeconds(1), longest),
                values.duration("keep-alive.maximum", Duration.ofSeconds(1200), Duration.ofSeconds(1), longest));
        values.check(keepAlive.minimum().compareTo(keepAlive.maximum()) <= 0, "keep-alive.minimum",
                keepAlive.minimum(), "no more than keep-alive.maximum, which is " + keepAlive.maximum());
        Topics topics = new Topics(
                values.number("topic.length-maximum", 128, 64, 65_535),
                values.number("topic.depth-maximum", 7, 4, 128));
        Subscriptions subscriptions = new Subscriptions(
                values.number("subscription.device-maximum", 100, 1, 10_000),
                values.number("subscription.packet-maximum", 8, 1, 1000));
        int most = (STORED_MAXIMUM - EXCEPTED) / (Math.max(SYSTEM_TOPIC, topics.lengthMaximum()) + FILTER_OVERHEAD);
        values.check(subscriptions.deviceMaximum() <= most, "subscription.device-maximum",
                subscriptions.deviceMaximum(), "no more than " + most + " where topic.length-maximum is "
                        + topics.lengthMaximum() + ", so that they can be stored");
        return new Settings(mqtt, tlsFiles(values), keepAlive, topics, subscriptions,
                new Sessions(
                        values.number("session.queue-messages", 1000, 0, 1_000_000),
                        values.size("session.queue-bytes", 4 * MIB, 0, 1024 * MIB),
                        values.duration("session.queue-age", Duration.ofDays(7), Duration.ofSeconds(1),
                                Duration.ofDays(365))),
                values.choice("session-present", SessionPresent.NEVER_FOR_C_SDK),
                values.choice("will", Will.IGNORE),
                new Rates(
                        values.choice("rate.receive-maximum", ReceiveMaximum.BOTH),
                        values.number("rate.connects-per-device", 5, 0, 10_000),
                        values.number("rate.failed-connects-per-address", 20, 0, RATE_MAXIMUM),
                        new DeviceRates(
                                values.number("rate.publishes-qos0-per-device", 0, 0, RATE_MAXIMUM),
                                values.number("rate.publishes-qos1-per-device", 0, 0, RATE_MAXIMUM),
                                values.number("rate.messages-per-device", 0, 0, RATE_MAXIMUM),
                                values.size("rate.bandwidth-per-connection", 0, 0, 1024 * MIB)),
                        new ServerRates(
                                values.number("rate.connects", 0, 0, RATE_MAXIMUM),
                                values.number("rate.publishes", 0, 0, RATE_MAXIMUM),
                                values.number("rate.messages", 0, 0, RATE_MAXIMUM),
                                values.number("rate.calls", 0, 0, RATE_MAXIMUM)),
                        values.number("rate.requests-per-key", 0, 0, RATE_MAXIMUM)),
                values.choice("rate.vendor-api", VendorApiRates.UNLIMITED),
                new Registry(
                        values.number("registry.cache-maximum", 50_000, 1, 10_000_000),
                        values.number("registry.status-maximum", 100_000, 1, 10_000_000)),
                new Upstream(
                        values.zone("upstream.time-zone", "UTC+8"),
                        values.number("upstream.group-messages-maximum", 10_000_000, 1, 100_000_000),
                        values.duration("upstream.retention", Duration.ofDays(1), Duration.ofMinutes(1),
                                Duration.ofDays(365)),
                        externalEngine(values)),
                new MasterKeySource(
                        values.secret("secrets.key",
                                text -> MasterKeyRing.parse(text).isPresent(),
                                "Base64 of 32 bytes, or several, separated by commas and each with a version: 1:Base64,2:Base64").map(Secret::of),
                        values.path("secrets.key-file", data, "master-key")),
                values.path("access-key.file", data, "access-key"),
                data,
                new Amqp(
                        values.text("amqp.host", "localhost"),
                        values.number("amqp.port", 5672, Amqp.NONE, 65_535),
                        amqpTls(values)),
                new WebSocket(values.origins("websocket.origins")),
                new Log(
                        values.choice("log.level", LogLevel.EVENTS),
                        values.duration("log.retention", Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(365)),
                        values.number("log.entries", 1_000_000, 1_000, 100_000_000)),
                new Audit(values.duration("audit.retention", Duration.ofDays(365), Duration.ofDays(1), Duration.ofDays(3650))),
                new Rest(values.namedOrigins("rest.origins")));
    }

    /** The main listener and those that are named. */
    private static List<ListenerSettings> listeners(Values values) {
        List<ListenerSettings> listeners = new ArrayList<>();
        ListenerSettings usual = MqttServerSettings.DEFAULTS.listeners().get(0);
        listener(values, "mqtt.", usual.name(), usual.port()).ifPresent(listeners::add);
        for (String name : values.names("mqtt.listeners")) {
            Optional<ListenerSettings> named = listener(values, LISTENER + name + ".", name, NO_PORT);
            values.check(named.isPresent(), LISTENER + name + ".port", NO_PORT, "a whole number from 1 to 65535");
            named.ifPresent(listeners::add);
        }
        return listeners;
    }

    private static Optional<ListenerSettings> listener(Values values, String prefix, String name, int usualPort) {
        String host = values.text(prefix + "host", "0.0.0.0");
        int port = values.number(prefix + "port", usualPort, NO_PORT, 65_535);
        Transport transport = values.choice(prefix + "transport", Transport.AUTO);
        ClientCertificate clientCertificate = values.choice(prefix + "client-certificate", ClientCertificate.NONE);
        boolean trustedTls = values.flag(prefix + "trusted-tls", false);
        List<Network> proxies = values.networks(prefix + "proxies");
        return port == NO_PORT ? Optional.empty()
                : Optional.of(new ListenerSettings(name, host, port, transport, clientCertificate, trustedTls, proxies));
    }

    private static TlsFiles tlsFiles(Values values) {
        Optional<Path> certificate = values.optionalPath("tls.certificate");
        Optional<Path> key = values.optionalPath("tls.key");
        values.check(certificate.isPresent() == key.isPresent(), certificate.isPresent() ? "tls.key" : "tls.certificate", "",
                "a file, as the other of tls.certificate and tls.key is given");
        return new TlsFiles(certificate.flatMap(chain -> key.map(its -> new ServerFiles(chain, its))),
                values.optionalPath("tls.client-authorities"), values.optionalPath("tls.revocation-list"));
    }

    private static Optional<AmqpTls> amqpTls(Values values) {
        String host = values.text("amqp.tls.host", "0.0.0.0");
        int port = values.number("amqp.tls.port", 5671, Amqp.NONE, 65_535);
        Optional<Path> keyStore = values.optionalPath("amqp.tls.key-store");
        Optional<Secret> password = values.secret("amqp.tls.key-store-password", text -> !text.isEmpty(), "a text")
                .map(Secret::of);
        keyStore.ifPresent(file -> {
            values.check(Files.isReadable(file), "amqp.tls.key-store", file, "a file that can be read");
            values.check(password.isPresent(), "amqp.tls.key-store-password", "", "the password of amqp.tls.key-store");
        });
        return keyStore.filter(file -> port != Amqp.NONE && password.isPresent())
                .map(file -> new AmqpTls(host, port, file, password.get()));
    }

    private static Optional<ExternalEngine> externalEngine(Values values) {
        Optional<String> url = values.optionalText("upstream.external-url");
        Optional<String> user = values.optionalText("upstream.external-user");
        Optional<Secret> password = values.secret("upstream.external-password", text -> !text.isEmpty(), "a text")
                .map(Secret::of);
        return url.map(there -> new ExternalEngine(there, user, password));
    }

    /** The environment's variable for a key, as MicroProfile Config has it. */
    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
