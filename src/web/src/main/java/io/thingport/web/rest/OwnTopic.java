package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.TopicName;
import io.thingport.web.problem.FieldErrors;
import java.util.Optional;

/** Topics in requests. */
final class OwnTopic {

    private OwnTopic() {
    }

    /**
     * A custom topic of a device, given whole or as what follows the device name; empty when an error was noted.
     * Whether the device may subscribe to it is the platform's question.
     */
    static Optional<TopicName> of(DeviceKey device, String given, FieldErrors errors) {
        String own = "/" + device + "/";
        String whole = whole(device, given);
        if (!whole.startsWith(own) || whole.length() == own.length()) {
            errors.add("topic", "has to be below " + own);
            return Optional.empty();
        }
        return name(whole, "topic", errors);
    }

    /** The topic of a call: given whole, of whatever kind, or as what follows the device name. */
    static Optional<TopicName> ofCall(DeviceKey device, String given, FieldErrors errors) {
        return name(whole(device, given), "topic", errors);
    }

    /** The topic of a broadcast: given whole or as what follows the product key; empty when an error was noted. */
    static Optional<TopicName> ofBroadcast(String productKey, String given, FieldErrors errors) {
        String product = "/broadcast/" + productKey + "/";
        return name(given.startsWith("/") ? given : product + given, "topic", errors);
    }

    /** A topic name, or empty when an error was noted. */
    static Optional<TopicName> name(String text, String field, FieldErrors errors) {
        try {
            return Optional.of(TopicName.of(text));
        } catch (IllegalArgumentException e) {
            errors.add(field, "has to be a topic name: not empty, no wildcard, no U+0000");
            return Optional.empty();
        }
    }

    private static String whole(DeviceKey device, String given) {
        return given.startsWith("/") ? given : "/" + device + "/" + given;
    }
}
