package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.web.problem.FieldErrors;
import io.thingport.web.problem.ProblemException;
import java.util.Optional;

/** What stands in paths and queries, checked. A value that cannot name anything is an invalid request, not a missing thing. */
final class PathKeys {

    private PathKeys() {
    }

    static String productKey(String text) {
        FieldErrors errors = new FieldErrors();
        checkProductKey(text, errors);
        errors.throwIfAny();
        return text;
    }

    static DeviceKey deviceKey(String productKey, String deviceName) {
        FieldErrors errors = new FieldErrors();
        checkProductKey(productKey, errors);
        errors.check(DeviceKey.isDeviceName(deviceName), "deviceName", "has to be 4 to 32 of letters, digits and - _ @ . :");
        errors.throwIfAny();
        return new DeviceKey(productKey, deviceName);
    }

    /** The id of a topic class. */
    static long id(String text) {
        return number("id", text);
    }

    /** A number, not negative, as text that sorts as the number does. */
    static String sortable(long number) {
        return String.format("%016x", number);
    }

    /** The size of a page, 50 when absent; its upper bound is the registry's. */
    static int limit(Optional<String> text) {
        return (int) Math.min(Integer.MAX_VALUE, text.map(t -> number("limit", t)).orElse(50L));
    }

    private static void checkProductKey(String text, FieldErrors errors) {
        errors.check(DeviceKey.isProductKey(text), "productKey", "has to be 1 to 32 letters and digits");
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.invalid(name, "has to be a whole number");
        }
        return Long.parseLong(text);
    }
}
