package io.thingport.web.rest;

import io.thingport.platform.limits.ProductRates;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The rates of a product's devices, in a second; what is absent is as the server has it. */
@Schema(name = "Rates", description = "In a second; 0 = no bound, absent = as the server has it")
public record Rates(
        @Schema(description = "Publishes of one device at QoS 0", minimum = "0", maximum = "1000000000")
        Optional<Integer> publishesQos0,
        @Schema(description = "Publishes of one device at QoS 1", minimum = "0", maximum = "1000000000")
        Optional<Integer> publishesQos1,
        @Schema(description = "Messages and calls to one device", minimum = "0", maximum = "1000000000")
        Optional<Integer> messages,
        @Schema(description = "Bytes of payload over one connection, in either direction", minimum = "0",
                maximum = "1000000000") Optional<Integer> bandwidth) {

    static Rates of(ProductRates rates) {
        return new Rates(boxed(rates.publishesQos0()), boxed(rates.publishesQos1()), boxed(rates.messages()),
                boxed(rates.bandwidth()));
    }

    ProductRates rates() {
        return new ProductRates(unboxed(publishesQos0), unboxed(publishesQos1), unboxed(messages), unboxed(bandwidth));
    }

    private static Optional<Integer> boxed(OptionalInt rate) {
        return rate.isPresent() ? Optional.of(rate.getAsInt()) : Optional.empty();
    }

    private static OptionalInt unboxed(Optional<Integer> rate) {
        return rate.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
