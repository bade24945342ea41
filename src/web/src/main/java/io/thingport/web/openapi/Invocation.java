package io.thingport.web.openapi;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A call of an operation: who calls and with which parameters. An empty value is an absent one. */
final class Invocation {

    private static final int INDEX_DIGITS = 6;

    private final Operation operation;
    private final Caller caller;
    private final Map<String, String> parameters;

    /** @param parameters of query and form, decoded; not copied */
    Invocation(Operation operation, Caller caller, Map<String, String> parameters) {
        this.operation = operation;
        this.caller = caller;
        this.parameters = parameters;
    }

    Operation operation() {
        return operation;
    }

    Caller caller() {
        return caller;
    }

    /** A parameter; empty when it is absent or has no value. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws IotException with {@code missing} when the parameter is absent */
    String required(String name, IotError missing) {
        return text(name).orElseThrow(() -> new IotException(missing, name + " is missing"));
    }

    /** @throws IotException with {@code malformed} when the parameter is there and no 32-bit integer */
    Optional<Integer> integer(String name, IotError malformed) {
        return number(name, malformed).map(value -> {
            if (value != value.intValue()) {
                throw malformed(name, malformed);
            }
            return value.intValue();
        });
    }

    /** @throws IotException with {@code malformed} when the parameter is there and no 64-bit integer */
    Optional<Long> number(String name, IotError malformed) {
        return text(name).map(value -> {
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw malformed(name, malformed);
            }
        });
    }

    /** @throws IotException when the parameter is there and neither true nor false */
    Optional<Boolean> flag(String name) {
        return text(name).map(value -> {
            if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
                throw malformed(name, IotError.INVALID_FORMATTED_PARAMETER);
            }
            return Boolean.valueOf(value);
        });
    }

    /** The values of {@code Name.1}, {@code Name.2} and so on, in the order of their numbers, of which some may be missing. */
    List<String> list(String name) {
        SortedMap<Integer, String> found = new TreeMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(name + ".") && !value.isEmpty()) {
                index(key.substring(name.length() + 1)).ifPresent(i -> found.put(i, value));
            }
        });
        return List.copyOf(found.values());
    }

    /**
     * The records made of {@code Name.1.Field} and so on, in the order of their numbers, of which some may be missing. One whose
     * values are all empty is none: signatures may be made without parameters that have no value.
     */
    List<Fields> records(String name) {
        SortedMap<Integer, Map<String, String>> found = new TreeMap<>();
        parameters.forEach((key, value) -> {
            int dot = key.indexOf('.', name.length() + 1);
            if (dot > 0 && key.startsWith(name + ".") && !value.isEmpty()) {
                index(key.substring(name.length() + 1, dot))
                        .ifPresent(i -> found.computeIfAbsent(i, none -> new HashMap<>()).put(key.substring(dot + 1), value));
            }
        });
        List<Fields> records = new ArrayList<>();
        found.values().forEach(values -> records.add(new Fields(values)));
        return records;
    }

    /** The parameter {@code ProductKey}, of a product that the caller may do this to. */
    String productKey() {
        String productKey = required("ProductKey", IotError.NULL_PRODUCT_KEY);
        permit(productKey);
        return productKey;
    }

    /**
     * The device of {@code ProductKey} and {@code DeviceName}, which the caller may do this to.
     *
     * @throws IotException when either is absent, or neither a product nor a device can be called so
     */
    DeviceKey deviceKey() {
        String productKey = productKey();
        String deviceName = required("DeviceName", IotError.NULL_DEVICE_NAME);
        return deviceKey(productKey, deviceName);
    }

    /** @throws IotException when neither a product nor a device can be called so */
    DeviceKey deviceKey(String productKey, String deviceName) {
        if (!DeviceKey.isProductKey(productKey)) {
            throw new IotException(IotError.NOT_EXISTED_PRODUCT, "there is no product " + productKey);
        }
        if (!DeviceKey.isDeviceName(deviceName)) {
            throw new IotException(IotError.NOT_EXISTED_DEVICE, "there is no device " + deviceName);
        }
        return new DeviceKey(productKey, deviceName);
    }

    /** Whether the caller's rights reach to this product. */
    boolean permits(String productKey) {
        return caller.may(operation.scope(), productKey);
    }

    /** Whether the caller may have the secrets of a product and of its devices. */
    boolean permitsSecrets(String productKey) {
        return caller.may(Scope.MANAGE, productKey);
    }

    /** @throws GatewayException when the caller's rights do not reach to this product */
    void permit(String productKey) {
        if (!permits(productKey)) {
            throw new GatewayException(GatewayError.FORBIDDEN, "the access key may not call " + operation.name()
                    + " for product " + productKey);
        }
    }

    /** @throws GatewayException when the caller's rights are confined to products: this belongs to none */
    void permitEverywhere() {
        if (!caller.mayEverywhere(operation.scope())) {
            throw new GatewayException(GatewayError.FORBIDDEN, "the access key is confined to products and may not call "
                    + operation.name());
        }
    }

    private static IotException malformed(String name, IotError error) {
        return new IotException(error, name + " is malformed");
    }

    private static Optional<Integer> index(String text) {
        boolean number = !text.isEmpty() && text.length() <= INDEX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
