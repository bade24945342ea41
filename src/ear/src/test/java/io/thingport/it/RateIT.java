package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rates that a product sets for its devices. */
@ExtendWith(SharedServer.class)
class RateIT {

    private static final String ONE_OF_EACH = "{\"rates\": {\"publishesQos1\": 1, \"messages\": 1}}";
    private static final int TRIES = 10; // not all of them have a second between them

    @Tag("once")
    @ParameterizedTest
    @EnumSource
    void whoPublishesTooFastIsToldIn5AndAcknowledgedBefore(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            limit(rest, device);
            int refused = 0;
            for (int i = 0; i < TRIES; i++) {
                refused = Math.max(refused, tool.publish(device.topic("user/update"), 1, "x"));
            }
            assertThat(refused).isEqualTo(client.sees(0x97, 0));
            assertThat(tool.connected()).isTrue();
        }
    }

    @Tag("once")
    @Test
    void whoSendsADeviceTooMuchIsTold(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        limit(rest, device);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready(device.topic("user/get"))) {
            Rest.Answer answer = send(rest, device);
            for (int i = 0; i < TRIES && answer.status() == 200; i++) {
                answer = send(rest, device);
            }
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.json().getString("code")).isEqualTo("throttled");
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void theRatesOfAProductAreKeptUntilTheyAreTakenAway(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        String product = "/api/v1/products/" + device.productKey();
        assertThat(rest.get(product).json().getJsonObject("rates")).isEmpty();
        limit(rest, device);
        assertThat(rest.get(product).json().getJsonObject("rates")).hasToString("{\"messages\":1,\"publishesQos1\":1}");
        rest.send("PATCH", product, "{\"rates\": {}}").ok();
        assertThat(rest.get(product).json().getJsonObject("rates")).isEmpty();
    }

    @Test
    void aRateBelowZeroIsInvalid(Rest rest, Fleet fleet) {
        Rest.Answer answer = rest.send("PATCH", "/api/v1/products/" + fleet.device().productKey(),
                "{\"rates\": {\"bandwidth\": -1}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field")).isEqualTo("rates.bandwidth");
    }

    private static void limit(Rest rest, Device device) {
        rest.send("PATCH", "/api/v1/products/" + device.productKey(), ONE_OF_EACH).ok();
    }

    private static Rest.Answer send(Rest rest, Device device) {
        return rest.post(device.path() + "/messages",
                Json.createObjectBuilder().add("topic", "user/get").add("payload", "x").build());
    }
}
