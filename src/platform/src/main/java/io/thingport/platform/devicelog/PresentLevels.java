package io.thingport.platform.devicelog;

import io.thingport.mqtt.DeviceKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much goes into the log of each product and device at present, in memory. A session keeps what it finds here of its
 * device, so that a message costs no look-up. From any thread, never blocks.
 */
public final class PresentLevels {

    /** Devices that may be traced at a time. */
    public static final int TRACES_MAXIMUM = 1_000;

    private final LogLevel server;
    private final Map<String, ProductLevel> products = new ConcurrentHashMap<>(); // bounded by the number of products
    private final Map<DeviceKey, Trace> traces = new ConcurrentHashMap<>(); // bounded by who sets them

    /** @param server where nothing else is said */
    public PresentLevels(LogLevel server) {
        this.server = server;
    }

    /** Where nothing else is said. */
    public LogLevel server() {
        return server;
    }

    /** What holds for a product, now and later. Ask for products that there are. */
    public ProductLevel product(String productKey) {
        return products.computeIfAbsent(productKey, key -> new ProductLevel(server));
    }

    /** The trace that was last set for a device, which may be over. */
    public Optional<Trace> trace(DeviceKey device) {
        return Optional.ofNullable(traces.get(device));
    }

    /** What holds for a device of which there may be no session, or that may not exist. */
    public LogLevel of(DeviceKey device, long nowMillis) {
        return trace(device).filter(trace -> !trace.isOver(nowMillis)).map(Trace::level)
                .orElseGet(() -> Optional.ofNullable(products.get(device.productKey())).map(ProductLevel::level).orElse(server));
    }

    /** @param level empty where the server's holds */
    public void set(String productKey, Optional<LogLevel> level) {
        product(productKey).set(level.orElse(server));
    }

    /** A product is no more. */
    public void forget(String productKey) {
        products.remove(productKey);
    }

    /** @param trace empty where there is none any more */
    public void set(DeviceKey device, Optional<Trace> trace) {
        trace.ifPresentOrElse(set -> traces.put(device, set), () -> traces.remove(device));
    }
}
