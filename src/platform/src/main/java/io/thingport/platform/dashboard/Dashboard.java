package io.thingport.platform.dashboard;

import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One connection of a dashboard. Owned by its loop's thread, but for what does not change. */
final class Dashboard {

    private final MqttChannel channel;
    private final MqttLoop loop;
    private final DashboardToken token;
    private final String clientId;
    private final Map<TopicFilter, WatchedTopics> filters = new LinkedHashMap<>(); // bounded by the settings
    private volatile boolean revoked; // set by the thread that changes its access key
    private int publishesUnderWay;
    private Optional<Instant> stalledSince = Optional.empty();

    Dashboard(MqttChannel channel, DashboardToken token, String clientId) {
        this.channel = channel;
        this.loop = channel.loop();
        this.token = token;
        this.clientId = clientId;
    }

    MqttChannel channel() {
        return channel;
    }

    /** Where it lives. From any thread. */
    MqttLoop loop() {
        return loop;
    }

    /** From any thread. */
    DashboardToken token() {
        return token;
    }

    /** Its access key is valid no more, or may do less. From any thread. */
    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }

    // ---- what it watches ----

    Map<TopicFilter, WatchedTopics> filters() {
        return filters;
    }

    boolean wants(TopicName topic) {
        for (TopicFilter filter : filters.keySet()) {
            if (filter.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Since when it takes nothing; empty while it does. */
    Optional<Instant> stalledSince() {
        return stalledSince;
    }

    /** Its socket took nothing more. */
    void stalled(Instant now) {
        if (stalledSince.isEmpty()) {
            stalledSince = Optional.of(now);
        }
    }

    /** Its socket takes more again. */
    void takesMore() {
        stalledSince = Optional.empty();
    }

    // ---- what it publishes ----

    /** Publishes whose outcome is not known yet. */
    int publishesUnderWay() {
        return publishesUnderWay;
    }

    void publishesUnderWay(int now) {
        publishesUnderWay = now;
    }

    /** Names it in a log. */
    @Override
    public String toString() {
        return "dashboard " + clientId + " with token " + token.id() + " of " + token.accessKeyId();
    }
}
