package io.thingport.web.registration;

import io.thingport.platform.registry.RegistrationResult;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * What a device is answered. The codes are those of the Aliyun IoT Platform, which come with status 200; the others are the
 * status, too.
 *
 * @param status HTTP's
 * @param given  the secret that the device has from now on
 */
record RegistrationAnswer(int status, int code, String message, Optional<WithSecret> given) {

    static final RegistrationAnswer NOT_ENCRYPTED = own(403, "only over HTTPS");
    static final RegistrationAnswer TOO_LARGE = own(413, "the body is too large");
    static final RegistrationAnswer INCOMPLETE = vendors(460, "productKey, deviceName, random, sign and signMethod are needed");
    static final RegistrationAnswer UNKNOWN_METHOD = vendors(6292, "signMethod has to be hmacmd5, hmacsha1 or hmacsha256");

    /** Of a request for a secret. */
    static RegistrationAnswer of(RegistrationResult result) {
        if (!(result instanceof Refused refused)) {
            return new RegistrationAnswer(200, 200, "success", Optional.of((WithSecret) result));
        }
        return switch (refused) {
            case UNPROVEN -> vendors(6600, "unknown product, unknown device or wrong signature");
            case SWITCHED_OFF -> vendors(6288, "the product does not permit it");
            case ACTIVATED -> vendors(6289, "the device has connected before");
            case DISABLED, TOO_MANY_TOKENS -> own(403, "the device is disabled");
            case TOO_OFTEN -> own(429, "too many registrations at once");
            case UNAVAILABLE -> vendors(500, "the device cannot be registered now");
        };
    }

    private static RegistrationAnswer vendors(int code, String message) {
        return new RegistrationAnswer(200, code, message, Optional.empty());
    }

    private static RegistrationAnswer own(int code, String message) {
        return new RegistrationAnswer(code, code, message, Optional.empty());
    }

    String json() {
        JsonObjectBuilder json = Json.createObjectBuilder().add("code", code);
        given.ifPresent(registered -> json.add("data", Json.createObjectBuilder()
                .add("productKey", registered.device().productKey())
                .add("deviceName", registered.device().deviceName())
                .add("deviceSecret", registered.secret().reveal())));
        return json.add("message", message).build().toString();
    }
}
