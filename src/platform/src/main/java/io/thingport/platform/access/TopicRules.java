package io.thingport.platform.access;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.TopicClass;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a device may publish, subscribe and receive. Everything that is not named here is denied:
 *
 * <ul>
 * <li>its own custom topics, as far as a topic class of its product permits; a filter is permitted when one class that
 *     may be subscribed covers every topic it can match;
 * <li>its own system topics, in both directions;
 * <li>{@code /ext/rrpc/{id}} in front of its own custom and system topics: to subscribe as without, to publish (which
 *     is a reply) always;
 * <li>broadcasts to its product, to subscribe.
 * </ul>
 *
 * <p>Length and depth are limited for custom topics and broadcasts and for what follows {@code /ext/rrpc/{id}}; system
 * topics are longer and deeper than that by nature and have a wider bound.
 */
public final class TopicRules {

    /** The longest system topic in bytes; the longest that the Aliyun IoT Platform's SDKs use has some 220. */
    public static final int SYSTEM_LENGTH_MAXIMUM = 512;

    private static final int CALL_MAXIMUM = 64; // "/ext/rrpc/", an id, and some to spare

    private final Settings.Topics limits;
    private final int anyMaximum;

    public TopicRules(Settings.Topics limits) {
        this.limits = limits;
        this.anyMaximum = Math.max(SYSTEM_LENGTH_MAXIMUM, limits.lengthMaximum() + CALL_MAXIMUM);
    }

    /**
     * Whether a device may publish to a topic.
     *
     * @return SUCCESS, NOT_AUTHORIZED or, for one that is too long or too deep, TOPIC_NAME_INVALID
     */
    public ReasonCode publish(DeviceKey device, List<TopicClass> classes, TopicName topic) {
        String text = topic.toString();
        if (length(text) > anyMaximum) {
            return ReasonCode.TOPIC_NAME_INVALID;
        }
        Optional<TopicAddress> address = TopicAddress.of(text);
        if (!fits(text, address)) {
            return ReasonCode.TOPIC_NAME_INVALID;
        }
        return address.filter(a -> a.concerns(device) && mayPublish(classes, a)).isPresent()
                ? ReasonCode.SUCCESS
                : ReasonCode.NOT_AUTHORIZED;
    }

    /**
     * Whether a device may subscribe a filter.
     *
     * @return GRANTED_QOS_1, NOT_AUTHORIZED, SHARED_SUBSCRIPTIONS_NOT_SUPPORTED or, for one that is malformed, too long or
     *         too deep, TOPIC_FILTER_INVALID
     */
    public ReasonCode subscribe(DeviceKey device, List<TopicClass> classes, TopicFilter filter) {
        String text = filter.text();
        if (filter.problem().isPresent() || length(text) > anyMaximum) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        if (text.startsWith("$share/")) {
            return ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        Optional<TopicAddress> address = TopicAddress.of(text);
        if (!fits(text, address)) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        return address.filter(a -> a.concerns(device) && maySubscribe(classes, a)).isPresent()
                ? ReasonCode.GRANTED_QOS_1
                : ReasonCode.NOT_AUTHORIZED;
    }

    /** Whether a device may be sent a topic: it is one that the device may subscribe to. */
    public boolean receive(DeviceKey device, List<TopicClass> classes, TopicName topic) {
        return subscribe(device, classes, new TopicFilter(topic.toString())) == ReasonCode.GRANTED_QOS_1;
    }

    /** Whether this is a topic for broadcasts to a product. */
    public boolean isBroadcast(String productKey, TopicName topic) {
        String text = topic.toString();
        Optional<TopicAddress> address = TopicAddress.of(text);
        return address.filter(a -> a.kind() == TopicAddress.Kind.BROADCAST && a.call().isEmpty()
                && a.productKey().equals(productKey) && !a.rest().isEmpty()).isPresent() && fits(text, address);
    }

    private static boolean mayPublish(List<TopicClass> classes, TopicAddress address) {
        switch (address.kind()) {
            case CUSTOM:
                return address.call().isPresent() || anyPermitsPublishing(classes, address.rest());
            case BROADCAST:
                return false;
            default:
                return true;
        }
    }

    private static boolean anyPermitsPublishing(List<TopicClass> classes, String suffix) {
        for (TopicClass candidate : classes) {
            if (candidate.operation().publish() && candidate.suffix().equals(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean maySubscribe(List<TopicClass> classes, TopicAddress address) {
        if (address.kind() != TopicAddress.Kind.CUSTOM) {
            return true;
        }
        if (!hasCustomLevels(address.rest())) {
            return false;
        }
        TopicFilter wanted = new TopicFilter(address.rest());
        for (TopicClass candidate : classes) {
            if (candidate.operation().subscribe() && new TopicFilter(candidate.suffix()).covers(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Levels of custom topics are letters, digits and underscores, or a wildcard; none is empty. */
    private static boolean hasCustomLevels(String suffix) {
        boolean empty = true;
        for (int i = 0; i < suffix.length(); i++) {
            char c = suffix.charAt(i);
            if (c == '/') {
                if (empty) {
                    return false;
                }
                empty = true;
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '+'
                    || c == '#') {
                empty = false;
            } else {
                return false;
            }
        }
        return !empty;
    }

    private boolean fits(String text, Optional<TopicAddress> address) {
        if (address.isPresent() && (address.get().kind() == TopicAddress.Kind.SYSTEM
                || address.get().kind() == TopicAddress.Kind.FUNCTION)) {
            return length(text) <= SYSTEM_LENGTH_MAXIMUM;
        }
        String counted = address.flatMap(TopicAddress::call)
                .map(id -> text.substring("/ext/rrpc/".length() + id.length()))
                .orElse(text);
        return length(counted) <= limits.lengthMaximum()
                && counted.chars().filter(c -> c == '/').count() <= limits.depthMaximum();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
