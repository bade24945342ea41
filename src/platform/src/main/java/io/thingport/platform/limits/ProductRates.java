package io.thingport.platform.limits;

import java.util.OptionalInt;

/** The rates of a product's devices, as {@link DeviceRates} has them; where there is none, the server's holds. */
public record ProductRates(OptionalInt publishesQos0, OptionalInt publishesQos1, OptionalInt messages,
        OptionalInt bandwidth) {

    /** The largest rate that can be given. */
    public static final int MAXIMUM = 1_000_000_000;

    /** The server's hold. */
    public static final ProductRates NONE = new ProductRates(OptionalInt.empty(), OptionalInt.empty(),
            OptionalInt.empty(), OptionalInt.empty());

    /** What holds for the devices of the product. */
    public DeviceRates over(DeviceRates server) {
        return new DeviceRates(publishesQos0.orElse(server.publishesQos0()),
                publishesQos1.orElse(server.publishesQos1()), messages.orElse(server.messages()),
                bandwidth.orElse(server.bandwidth()));
    }
}
