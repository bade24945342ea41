package io.thingport.mqtt.protocol;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An application that answers as the platform does to the device of the vectors, and counts. */
class VectorHandler implements MqttHandler {

    private static final String OWN = "/vectors/dev1/user/";
    private static final int FILTERS_MAXIMUM = 8;
    private static final int TOPIC_MAXIMUM = 128;
    private static final int DEPTH_MAXIMUM = 7;

    int connects;
    int closed;
    private final Map<TopicFilter, Subscription> subscriptions = new LinkedHashMap<>();
    private int changes;

    private record VectorRoute(VectorHandler handler, int changes, ReasonCode permission, boolean echo) implements Route {
        @Override
        public boolean current() {
            return changes == handler.changes;
        }

        @Override
        public boolean cacheable() {
            return true;
        }
    }

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        connects++;
        Optional<ReasonCode> refusal = refusal(connect);
        if (refusal.isPresent()) {
            channel.refuse(refusal.get(), "refused");
        } else {
            Optional<String> assigned = connect.clientId().isEmpty() ? Optional.of("vectors.dev1") : Optional.empty();
            channel.accept(this, new ConnackOptions(false, connect.keepAlive(), OptionalLong.empty(), assigned));
        }
    }

    private static Optional<ReasonCode> refusal(Connect connect) {
        if (connect.authenticationMethod().isPresent()) {
            return Optional.of(ReasonCode.BAD_AUTHENTICATION_METHOD);
        }
        if (connect.userName().isEmpty() || connect.password().isEmpty()) {
            return Optional.of(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        }
        boolean mayBeEmpty = connect.version() == MqttVersion.V5;
        if (!connect.clientId().equals("v|securemode=3|") && !(connect.clientId().isEmpty() && mayBeEmpty)) {
            return Optional.of(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        }
        if (connect.keepAlive() < 30 || connect.keepAlive() > 1200) {
            return Optional.of(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        }
        String password = new String(connect.password().get(), StandardCharsets.ISO_8859_1);
        if (!connect.userName().get().equals("dev1&vectors") || !password.matches("[0-9a-f]{32}")) {
            return Optional.of(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        }
        return connect.userProperties().size() > 20 ? Optional.of(ReasonCode.QUOTA_EXCEEDED) : Optional.empty();
    }

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        String text = topic.toString();
        ReasonCode permission = tooLong(text) ? ReasonCode.TOPIC_NAME_INVALID
                : text.equals(OWN + "a") || text.equals(OWN + "b") ? ReasonCode.SUCCESS : ReasonCode.NOT_AUTHORIZED;
        boolean echo = subscriptions.values().stream().anyMatch(s -> !s.noLocal() && s.filter().matches(topic));
        return new VectorRoute(this, changes, permission, echo);
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        VectorRoute to = (VectorRoute) route;
        ReasonCode reason = to.permission();
        if (reason == ReasonCode.SUCCESS && publish.properties().userProperties().size() > 20) {
            reason = ReasonCode.QUOTA_EXCEEDED;
        }
        boolean echo = to.echo() && reason == ReasonCode.SUCCESS;
        if (publish.qos() == QoS.AT_LEAST_ONCE) {
            if (echo) {
                channel.send(publish, new Delivery());
            }
            channel.ack(token, reason);
        } else if (echo) {
            channel.send(publish);
        }
    }

    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> asked, Reply suback) {
        if (asked.size() > FILTERS_MAXIMUM) {
            suback.send(Collections.nCopies(asked.size(), ReasonCode.QUOTA_EXCEEDED));
            return;
        }
        changes++;
        suback.send(asked.stream().map(this::subscribe).toList());
    }

    private ReasonCode subscribe(Subscription asked) {
        TopicFilter filter = asked.filter();
        if (filter.problem().isPresent() || tooLong(filter.text()) && !filter.text().startsWith("$share/")) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        if (filter.text().startsWith("$share/")) {
            return ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        if (!filter.text().startsWith(OWN)) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        subscriptions.put(filter, asked);
        return ReasonCode.GRANTED_QOS_1;
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        changes++;
        unsuback.send(filters.stream()
                .map(f -> subscriptions.remove(f) != null ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED)
                .toList());
    }

    @Override
    public void writable(MqttChannel channel) {
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        closed++;
    }

    private static boolean tooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > TOPIC_MAXIMUM
                || text.chars().filter(c -> c == '/').count() > DEPTH_MAXIMUM;
    }
}
