package io.thingport.platform.access;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicAddress.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The system topics on which the platform sends to a device without a SUBSCRIBE: some to every device, the others to those
 * that connect with {@code _ss=1} in their client identifier, as the Aliyun IoT Platform's own SDKs do. Custom topics,
 * calls on them and topic broadcasts are not among them. What is on its way up, such as the {@code …_reply} of a device to
 * a service call, is not here either.
 */
public final class DownTopics {

    private static final String DEVICE = "{device}";
    private static final String ANY_DEVICE = "+/+";

    /** To every device. */
    private static final List<String> ALWAYS = List.of(
            "/sys/{device}/broadcast/request/+",
            "/ext/notify",
            "/ext/register",
            "/ext/regnwl",
            "/ext/auth/identity/response");

    /** To devices that connected with {@code _ss=1}, until they unsubscribe. */
    private static final List<String> AUTOMATIC = List.of(
            // calls
            "/sys/{device}/rrpc/request/+",
            "/ext/rrpc/+/sys/{device}/thing/service/+",
            "/ext/rrpc/+/sys/{device}/thing/service/property/set",
            "/ext/rrpc/+/sys/{device}/thing/service/property/get",
            "/ext/rrpc/+/sys/{device}/thing/model/down_raw",
            // services and properties
            "/sys/{device}/thing/service/+",
            "/sys/{device}/thing/service/property/set",
            "/sys/{device}/thing/service/property/get",
            "/sys/{device}/thing/model/down_raw",
            "/sys/{device}/thing/model/up_raw_reply",
            "/sys/{device}/thing/event/+/post_reply",
            "/sys/{device}/thing/event/property/+/post_reply",
            "/sys/{device}/thing/property/desired/get_reply",
            "/sys/{device}/thing/property/desired/delete_reply",
            "/sys/{device}/thing/deviceinfo/update_reply",
            "/sys/{device}/thing/deviceinfo/delete_reply",
            "/sys/{device}/thing/dsltemplate/get_reply",
            "/sys/{device}/thing/dynamicTsl/get_reply",
            // functions
            "/ext/ntp/{device}/response",
            "/shadow/get/{device}",
            "/sys/{device}/thing/config/push",
            "/sys/{device}/thing/config/get_reply",
            "/sys/{device}/thing/config/log/push",
            "/sys/{device}/thing/config/log/get_reply",
            "/sys/{device}/thing/log/post_reply",
            "/ota/device/upgrade/{device}",
            "/sys/{device}/thing/ota/firmware/get_reply",
            "/sys/{device}/thing/job/notify",
            "/sys/{device}/thing/job/get_reply",
            "/sys/{device}/thing/job/update_reply",
            "/sys/{device}/thing/bootstrap/notify",
            "/sys/{device}/edge/debug/switch",
            "/sys/{device}/thing/lan/prefix/get_reply",
            "/sys/{device}/thing/awss/enrollee/match_reply",
            // gateways
            "/sys/{device}/thing/topo/add_reply",
            "/sys/{device}/thing/topo/delete_reply",
            "/sys/{device}/thing/topo/get_reply",
            "/sys/{device}/thing/topo/change",
            "/sys/{device}/thing/topo/add/notify",
            "/sys/{device}/thing/sub/register_reply",
            "/sys/{device}/thing/sub/unregister_reply",
            "/sys/{device}/thing/proxy/provisioning/product_register_reply",
            "/sys/{device}/thing/list/found_reply",
            "/sys/{device}/thing/gateway/permit",
            "/sys/{device}/thing/enable",
            "/sys/{device}/thing/disable",
            "/sys/{device}/thing/delete",
            "/ext/session/{device}/combine/login_reply",
            "/ext/session/{device}/combine/logout_reply",
            "/ext/session/{device}/combine/batch_login_reply",
            "/ext/session/{device}/combine/batch_logout_reply",
            "/ext/error/{device}");

    private static final List<TopicFilter> ALWAYS_OF_ANY = ofAny(ALWAYS);
    private static final List<TopicFilter> AUTOMATIC_OF_ANY = ofAny(AUTOMATIC);
    /** Of these, those that name one topic of each device. */
    private static final Set<String> AUTOMATIC_SINGLE = AUTOMATIC.stream().filter(pattern -> pattern.indexOf('+') < 0)
            .collect(Collectors.toUnmodifiableSet());
    private static final List<TopicFilter> AUTOMATIC_MANY = ofAny(AUTOMATIC.stream()
            .filter(pattern -> pattern.indexOf('+') >= 0).toList());

    private DownTopics() {
    }

    /** Whether a device is sent this topic without having subscribed to it. */
    public static boolean isAlways(DeviceKey device, TopicName topic) {
        for (TopicFilter pattern : ALWAYS_OF_ANY) {
            if (pattern.matches(topic)) {
                return !pattern.text().contains(ANY_DEVICE) || with(DEVICE, device, topic.toString()).isPresent();
            }
        }
        return false;
    }

    /** Whether a device that connected with {@code _ss=1} is subscribed to this topic. */
    public static boolean isAutomatic(DeviceKey device, TopicName topic) {
        Optional<String> pattern = with(DEVICE, device, topic.toString());
        return pattern.isPresent() && (AUTOMATIC_SINGLE.contains(pattern.get()) || isOneOfMany(topic));
    }

    private static boolean isOneOfMany(TopicName topic) {
        for (TopicFilter pattern : AUTOMATIC_MANY) {
            if (pattern.matches(topic) && isReply(pattern.text()) == isReply(topic.toString())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a filter, which spells its device out, names what a device with {@code _ss=1} is subscribed to, a part of it or
     * more than it.
     */
    public static boolean isAutomatic(DeviceKey device, TopicFilter filter) {
        if (filter.text().length() > TopicRules.SYSTEM_LENGTH_MAXIMUM || filter.problem().isPresent()
                || filter.text().getBytes(StandardCharsets.UTF_8).length > TopicRules.SYSTEM_LENGTH_MAXIMUM) {
            return false;
        }
        Optional<TopicFilter> ofAny = with(ANY_DEVICE, device, filter.text()).map(TopicFilter::new);
        return ofAny.isPresent() && AUTOMATIC_OF_ANY.stream()
                .anyMatch(automatic -> automatic.covers(ofAny.get()) || ofAny.get().covers(automatic));
    }

    /** A system topic or filter with something else in the place of its device; empty when that is another one. */
    private static Optional<String> with(String instead, DeviceKey device, String text) {
        return TopicAddress.of(text).filter(address -> address.concerns(device) && address.kind() != Kind.BROADCAST)
                .map(address -> {
                    int end = text.length() - address.rest().length();
                    int after = end < text.length() || text.endsWith("/") ? end - 1 : end;
                    return text.substring(0, after - device.toString().length()) + instead + text.substring(after);
                });
    }

    /** The topics that every device, or one with {@code _ss=1}, is sent without a SUBSCRIBE; each as a filter. */
    static Stream<String> of(DeviceKey device) {
        return Stream.concat(ALWAYS.stream(), AUTOMATIC.stream())
                .map(pattern -> pattern.replace(DEVICE, device.toString()));
    }

    /** What a device answers to a service call would match like the name of a service. */
    private static boolean isReply(String topic) {
        return topic.endsWith("_reply");
    }

    private static List<TopicFilter> ofAny(List<String> patterns) {
        return patterns.stream().map(pattern -> new TopicFilter(pattern.replace(DEVICE, ANY_DEVICE))).toList();
    }
}
