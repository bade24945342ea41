package io.thingport.web.metrics;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TlsCounters;
import io.thingport.mqtt.TlsFailure;
import io.thingport.platform.session.Connections;
import io.thingport.platform.session.DropReason;
import io.thingport.platform.session.PlatformCounters;
import io.thingport.platform.session.Promise;
import io.thingport.web.DashedName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Registers every metric when the application starts. What counts since the start ends in {@code _total}; it is a gauge
 * to MicroProfile Metrics all the same, whose counters cannot be read from elsewhere.
 */
@ApplicationScoped
public class Metrics {

    private static final String DROPS = "Messages dropped, by reason";
    private static final String REFUSED = "CONNECT packets refused, by reason";
    /** Why a CONNECT is refused as a rule; what else may come is summed up. */
    private static final Set<ReasonCode> REFUSALS = EnumSet.of(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
            ReasonCode.BAD_USER_NAME_OR_PASSWORD, ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_AUTHENTICATION_METHOD,
            ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, ReasonCode.QUOTA_EXCEEDED, ReasonCode.CONNECTION_RATE_EXCEEDED,
            ReasonCode.SERVER_UNAVAILABLE);

    @Inject
    private MqttServer server;

    @Inject
    private Connections connections;

    @Inject
    private StoreMetrics storeMetrics;

    @Inject
    private UpstreamMetrics upstreamMetrics;

    @Inject
    private WatchMetrics watchMetrics;

    @Inject
    private DashboardMetrics dashboardMetrics;
    @Inject
    private TlsMetrics tlsMetrics;

    @Inject
    private LogMetrics logMetrics;

    @Inject
    private RegistrationMetrics registrationMetrics;

    @Inject
    private WebSocketMetrics webSocketMetrics;

    @Inject
    private RestMetrics restMetrics;

    @Inject
    private VendorApiMetrics vendorApiMetrics;

    @Inject
    private MetricRegistry registry;

    void register(@Observes @Initialized(ApplicationScoped.class) Object start) {
        mqtt("mqtt_connections", "Open MQTT sockets", MqttCounters::connections);
        mqtt("mqtt_connects_total", "Well-formed CONNECT packets received", MqttCounters::connectsReceived);
        String messages = "PUBLISH packets, by direction and QoS";
        mqtt("mqtt_messages_total", messages, MqttCounters::publishesIn0, in(), new Tag("qos", "0"));
        mqtt("mqtt_messages_total", messages, MqttCounters::publishesIn1, in(), new Tag("qos", "1"));
        mqtt("mqtt_messages_total", messages, MqttCounters::publishesOut0, out(), new Tag("qos", "0"));
        mqtt("mqtt_messages_total", messages, MqttCounters::publishesOut1, out(), new Tag("qos", "1"));
        mqtt("mqtt_bytes_total", "Bytes, by direction", MqttCounters::bytesIn, in());
        mqtt("mqtt_bytes_total", "Bytes, by direction", MqttCounters::bytesOut, out());
        mqtt("mqtt_protocol_errors_total", "Connections closed for breaking the protocol",
                MqttCounters::protocolErrors);
        mqtt("mqtt_silent_total", "Sockets that closed or ran out of time without a CONNECT", MqttCounters::silent);
        mqtt("mqtt_unauthenticated_total", "Connections closed before CONNACK because all such held too many bytes",
                MqttCounters::unauthenticated);
        tls(c -> c.handshakes() - c.resumed(), "done");
        tls(TlsCounters::resumed, "resumed");
        for (TlsFailure failure : TlsFailure.values()) {
            tls(c -> c.failures().get(failure), DashedName.of(failure));
        }
        mqtt("mqtt_proxy_headers_refused_total", "Connections closed for a PROXY header that is missing or malformed",
                MqttCounters::proxyHeadersRefused);
        mqtt("mqtt_accept_rests_total", "Times a listener stopped accepting for a while", MqttCounters::acceptRests);
        mqtt("mqtt_answers_too_large_total", "Connections closed for an answer larger than their Maximum Packet Size",
                MqttCounters::answersTooLarge);
        mqtt("mqtt_stalled_total", "Connections over WebSocket closed because what waited for them was not taken",
                MqttCounters::stalled);
        mqtt("mqtt_rejected_tasks_total", "Tasks that a full loop queue did not take", MqttCounters::rejectedTasks);
        platform("sessions", "Devices that are connected", PlatformCounters::sessions);
        for (DropReason reason : DropReason.values()) {
            platform("drops_total", DROPS, c -> c.drops().get(reason), new Tag("reason", DashedName.of(reason)));
        }
        for (Promise promise : Promise.values()) {
            platform("promises_total", "QoS 1 messages for stored sessions", c -> c.promises().get(promise),
                    new Tag("state", DashedName.of(promise)));
        }
        mqtt("drops_total", DROPS, MqttCounters::droppedOverWindow, new Tag("reason", "over-window"));
        for (CallOutcome.Status status : CallOutcome.Status.values()) {
            platform("rrpc_total", "RRPC calls ended, by outcome", c -> c.calls().get(status),
                    new Tag("outcome", DashedName.of(status)));
        }
        for (ReasonCode reason : REFUSALS) {
            platform("refused_connects_total", REFUSED, c -> c.refusedConnects().getOrDefault(reason, 0L),
                    new Tag("reason", DashedName.of(reason)));
        }
        platform("refused_connects_total", REFUSED, Metrics::otherRefusals, new Tag("reason", "other"));
        platform("refusals_held_back_total", "Refusals of bad credentials held back, to addresses with too many of them",
                PlatformCounters::heldBack);
        platform("refusals_unanswered_total", "Refusals of bad credentials not given, since too many were held back",
                PlatformCounters::unanswered);
        platform("log_left_out_total", "Entries left out of the device log, as there were too many of one kind in a second",
                PlatformCounters::unlogged);
        storeMetrics.register(registry);
        upstreamMetrics.register(registry);
        watchMetrics.register(registry);
        registrationMetrics.register(registry);
        webSocketMetrics.register(registry);
        dashboardMetrics.register(registry);
        tlsMetrics.register(registry);
        restMetrics.register(registry);
        vendorApiMetrics.register(registry);
        logMetrics.register(registry);
    }

    private static long otherRefusals(PlatformCounters counters) {
        return counters.refusedConnects().entrySet().stream().filter(e -> !REFUSALS.contains(e.getKey()))
                .mapToLong(Map.Entry::getValue).sum();
    }

    private static Tag in() {
        return new Tag("direction", "in");
    }

    private static Tag out() {
        return new Tag("direction", "out");
    }

    private void mqtt(String name, String description, ToLongFunction<MqttCounters> value, Tag... tags) {
        registry.gauge(metadata(name, description), server, s -> value.applyAsLong(s.counters()), tags);
    }

    private void tls(ToLongFunction<TlsCounters> value, String outcome) {
        registry.gauge(metadata("mqtt_tls_handshakes_total", "TLS handshakes, by outcome"), server,
                s -> value.applyAsLong(s.tlsCounters()), new Tag("outcome", outcome));
    }

    private void platform(String name, String description, ToLongFunction<PlatformCounters> value, Tag... tags) {
        registry.gauge(metadata(name, description), connections, c -> value.applyAsLong(c.counters()), tags);
    }

    static Metadata metadata(String name, String description) {
        return Metadata.builder().withName("thingport_" + name).withDescription(description).build();
    }
}
