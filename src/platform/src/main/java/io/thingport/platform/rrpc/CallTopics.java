package io.thingport.platform.rrpc;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicAddress;

/**
 * The topics of calls. The system form has one topic for the request and one for the reply,
 * {@code /sys/{pk}/{dn}/rrpc/request/{id}} and {@code …/response/{id}}; the custom form has the same topic for both,
 * {@code /ext/rrpc/{id}} in front of a topic of the device.
 */
public final class CallTopics {

    /** What {@link #replyId} says of a topic that carries no id of ours. */
    public static final long UNKNOWN_ID = 0;

    private static final String RESPONSE = "rrpc/response/";
    private static final int DIGITS_MAXIMUM = 19;

    private CallTopics() {
    }

    /** The topic that carries a request in the system form. */
    public static TopicName systemRequest(DeviceKey device, long id) {
        return system(device, "request", id);
    }

    /** The topic that carries a reply in the system form. */
    public static TopicName systemReply(DeviceKey device, long id) {
        return system(device, "response", id);
    }

    private static TopicName system(DeviceKey device, String what, long id) {
        return TopicName.of("/sys/" + device.productKey() + "/" + device.deviceName() + "/rrpc/" + what + "/" + id);
    }

    /** The topic that carries request and reply in the custom form; the topic given begins with a slash. */
    public static TopicName custom(TopicName topic, long id) {
        return TopicName.of("/ext/rrpc/" + id + topic);
    }

    /** Whether what a device publishes there is the reply to a call. */
    public static boolean isReply(TopicAddress address) {
        return address.call().isPresent()
                || address.kind() == TopicAddress.Kind.SYSTEM && address.rest().startsWith(RESPONSE);
    }

    /** The id in the topic of a reply, or {@link #UNKNOWN_ID}. */
    public static long replyId(TopicAddress address) {
        String id = address.call().orElseGet(() -> address.rest().substring(RESPONSE.length()));
        if (id.isEmpty() || id.length() > DIGITS_MAXIMUM || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return UNKNOWN_ID;
        }
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return UNKNOWN_ID; // 19 digits may exceed a long
        }
    }
}
