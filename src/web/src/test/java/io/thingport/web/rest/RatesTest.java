package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.limits.ProductRates;
import io.thingport.web.json.RecordReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RatesTest {

    @Test
    void ratesOfAChangeAreAllOfThem() {
        assertThat(change("{\"rates\":{\"publishesQos1\":10,\"bandwidth\":0,\"messages\":null}}")).contains(new ProductRates(
                OptionalInt.empty(), OptionalInt.of(10), OptionalInt.empty(), OptionalInt.of(0)));
    }

    @Test
    void aChangeWithoutRatesLeavesThem() {
        assertThat(change("{\"name\":\"torch\"}")).isEmpty();
    }

    @Test
    void answersTellThemAsTheyWereGiven() {
        ProductRates rates = new ProductRates(OptionalInt.of(30), OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(9));
        assertThat(Rates.of(rates).rates()).isEqualTo(rates);
    }

    private static Optional<ProductRates> change(String json) {
        return RecordReader.read(ProductChangeRequest.class,
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))).change().rates();
    }
}
