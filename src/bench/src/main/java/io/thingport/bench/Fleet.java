package io.thingport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Devices of one product that may publish to themselves on {@code user/echo} and are sent messages on {@code user/get}.
 *
 * @param devices all of them
 */
record Fleet(List<Device> devices) {

    private static final int AT_A_TIME = 16;

    Fleet {
        devices = List.copyOf(devices);
    }

    /**
     * A registered device.
     *
     * @param login what it says in CONNECT
     */
    record Device(String productKey, String name, String secret, DeviceLogin login) {

        /** A topic of its own. */
        String topic(String suffix) {
            return "/" + productKey + "/" + name + "/" + suffix;
        }
    }

    /** The product of all of them. */
    String productKey() {
        return devices.get(0).productKey();
    }

    /** Registers a new product with so many devices. */
    static Fleet register(RestApi rest, int count) {
        String product = rest.product("bench_" + Long.toString(System.nanoTime(), 36));
        rest.topicClass(product, "user/echo", "ALL");
        List<Device> devices = new ArrayList<>();
        for (int from = 0; from < count; from += AT_A_TIME) {
            List<CompletableFuture<Device>> some = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_A_TIME); i++) {
                String name = "dev-" + i;
                some.add(rest.device(product, name)
                        .thenApply(secret -> new Device(product, name, secret, DeviceLogin.of(product, name, secret))));
            }
            some.forEach(device -> devices.add(device.join()));
        }
        return new Fleet(devices);
    }
}
