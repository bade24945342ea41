package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all resources of the REST API have in common. */
@Tag("once")
@ExtendWith(SharedServer.class)
class RestHabitsIT {

    private static final String SHOP = "https://shop.example.com";

    @Test
    void eachChangeLeavesAnEntryInTheAuditTrailAndEachRefusalToo(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        Rest messenger = rest.as(fleet.accessKey("message"));
        messenger.delete(device.path());
        rest.send("POST", device.path() + "/disable", "").ok();
        rest.delete(device.path()).ok();

        List<JsonObject> entries = items(rest.get("/api/v1/audit?limit=200&productKey=" + device.productKey()));
        assertThat(entries).filteredOn(e -> e.getString("deviceName", "").equals(device.name()))
                .extracting(e -> e.getString("action") + " " + e.getString("outcome") + " " + e.getString("door"))
                .containsSubsequence("device.delete done rest", "device.disable done rest",
                        "DELETE " + device.path().substring("/api/v1".length()) + " refused rest", "device.create done rest");
        assertThat(entries).allSatisfy(e -> assertThat(e.getString("address")).isNotEmpty());
    }

    @Test
    void aListIsReadPageByPage(Rest rest, Fleet fleet) {
        String classes = "/api/v1/products/" + fleet.device().productKey() + "/topic-classes";
        List<JsonObject> all = items(rest.get(classes));
        JsonObject first = rest.get(classes + "?limit=1").ok().json();
        List<JsonObject> others = items(rest.get(classes + "?limit=200&after=" + first.getString("next")));

        assertThat(first.getJsonArray("items").getValuesAs(JsonObject.class)).isEqualTo(all.subList(0, 1));
        assertThat(others).isEqualTo(all.subList(1, all.size()));
        assertThat(rest.get(classes + "?after=rubbish").status()).isEqualTo(400);
    }

    @Test
    void whoeverHasSeenAnOlderStateChangesNothing(Rest rest, Fleet fleet) {
        String product = "/api/v1/products/" + fleet.device().productKey();
        String seen = tag(rest.get(product).ok());
        String change = "{\"description\": \"changed\"}";

        assertThat(rest.send("GET", product, "", "If-None-Match", seen).status()).isEqualTo(304);
        Rest.Answer changed = rest.send("PATCH", product, change, "If-Match", seen).ok();
        assertThat(tag(changed)).isEqualTo(tag(rest.get(product))).isNotEqualTo(seen);
        Rest.Answer late = rest.send("PATCH", product, "{\"description\": \"late\"}", "If-Match", seen);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().getString("code")).isEqualTo("precondition-failed");
        assertThat(rest.send("DELETE", product, "", "If-Match", seen).status()).isEqualTo(412);
        assertThat(rest.send("GET", product, "", "If-None-Match", seen).ok().json().getString("description")).isEqualTo("changed");
    }

    @Test
    void aRepetitionWithTheSameIdempotencyKeySendsNothing(Rest rest, Fleet fleet) {
        String messages = fleet.device().path() + "/messages";
        String body = Json.createObjectBuilder().add("topic", "user/get").add("payload", "once").build().toString();
        String other = Json.createObjectBuilder().add("topic", "user/get").add("payload", "other").build().toString();

        String first = rest.send("POST", messages, body, "Idempotency-Key", "order-1").ok().response().body();
        assertThat(rest.send("POST", messages, body, "Idempotency-Key", "order-1").ok().response().body()).isEqualTo(first);
        Rest.Answer reused = rest.send("POST", messages, other, "Idempotency-Key", "order-1");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.json().getString("code")).isEqualTo("idempotency-key-reused");
    }

    @Test
    void pagesOfNamedOriginsMayUseTheApiAndNoOthers(Rest rest) {
        Rest stranger = rest.as("");
        Rest.Answer asked = rest.send("GET", "/api/v1/products?limit=1", "", "Origin", SHOP).ok();
        assertThat(asked.response().headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
        assertThat(asked.response().headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(stranger.send("GET", "/api/v1/products", "", "Origin", SHOP).response().headers()
                .firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
        assertThat(rest.send("GET", "/api/v1/products?limit=1", "", "Origin", "https://evil.example.com").ok().response()
                .headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private static List<JsonObject> items(Rest.Answer answer) {
        return answer.ok().json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static String tag(Rest.Answer answer) {
        return answer.response().headers().firstValue("ETag").orElseThrow();
    }
}
