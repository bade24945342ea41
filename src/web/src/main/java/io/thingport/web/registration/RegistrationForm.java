package io.thingport.web.registration;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.access.RegistrationRequest;
import io.thingport.platform.access.SignMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a device posts: {@code productKey}, {@code deviceName}, {@code random}, {@code sign} and {@code signMethod}. */
final class RegistrationForm {

    private final Map<String, String> fields = new HashMap<>();

    /**
     * Reads {@code application/x-www-form-urlencoded}; of a field that comes twice the last counts. What is no pair counts
     * as not given, so that it is missed.
     */
    RegistrationForm(String body) {
        for (String pair : body.strip().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    fields.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    continue; // half an escape
                }
            }
        }
    }

    /** Whether everything is there and names what may exist; whether the sign method does is another question. */
    boolean isComplete() {
        return DeviceKey.isProductKey(field("productKey")) && DeviceKey.isDeviceName(field("deviceName"))
                && !field("random").isEmpty() && !field("sign").isEmpty() && !field("signMethod").isEmpty();
    }

    /** The request of a complete form; empty when nobody knows the sign method. */
    Optional<RegistrationRequest> request() {
        return SignMethod.of(field("signMethod")).map(method -> new RegistrationRequest(
                new DeviceKey(field("productKey"), field("deviceName")), RegistrationRequest.Wanted.SECRET, method,
                field("random"), field("sign").getBytes(StandardCharsets.UTF_8)));
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
