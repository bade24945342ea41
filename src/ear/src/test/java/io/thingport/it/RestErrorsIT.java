package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error of the REST API is a problem document with a code [RFC 9457]. */
@ExtendWith(SharedServer.class)
class RestErrorsIT {

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody:nothing", "nobody", ":"})
    void withoutAValidKeyIs401(String key, Rest rest) {
        Rest.Answer answer = rest.as(key).get("/api/v1/products");
        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.response().headers().firstValue("WWW-Authenticate")).hasValueSatisfying(
                value -> assertThat(value).startsWith("Basic "));
    }

    @Test
    void wrongSecretIs401(ThingportServer server, Rest rest) {
        String id = server.firstAccessKey().split(":")[0];
        assertProblem(rest.as(id + ":wrong").get("/api/v1/products"), 401, "unauthenticated");
    }

    @Test
    void strangersDoNotLearnWhichPathsExist(Rest rest) {
        assertProblem(rest.as("").get("/api/v1/none"), 401, "unauthenticated");
    }

    @Test
    void scopeMessageDoesNotManage(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        Rest messenger = rest.as(fleet.accessKey("message"));
        assertProblem(messenger.get("/api/v1/products"), 403, "scope-missing");
        assertProblem(messenger.get(device.path() + "/secret"), 403, "scope-missing");
        assertProblem(messenger.get("/api/v1/access-keys"), 403, "scope-missing");
        messenger.post(device.path() + "/rrpc", Json.createObjectBuilder().add("payload", "x").build()).ok();
    }

    @Test
    void scopeManageDoesNotMessage(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        Rest manager = rest.as(fleet.accessKey("manage"));
        assertProblem(manager.post(device.path() + "/rrpc", Json.createObjectBuilder().add("payload", "x").build()),
                403, "scope-missing");
        assertProblem(manager.post(device.path() + "/messages",
                Json.createObjectBuilder().add("topic", "user/get").add("payload", "x").build()), 403, "scope-missing");
        manager.get(device.path()).ok();
    }

    @Test
    void revokedKeyIs401(Rest rest, Fleet fleet) {
        String key = fleet.accessKey("manage");
        rest.delete("/api/v1/access-keys/" + key.split(":")[0]).ok();
        assertProblem(rest.as(key).get("/api/v1/products"), 401, "unauthenticated");
    }

    @Test
    void unknownProductIs404(Rest rest) {
        assertProblem(rest.get("/api/v1/products/none"), 404, "product-not-found");
    }

    @Test
    void unknownDeviceIs404(Rest rest, Fleet fleet) {
        String productKey = fleet.device().productKey();
        assertProblem(rest.get("/api/v1/products/" + productKey + "/devices/none"), 404, "device-not-found");
        assertProblem(rest.post("/api/v1/products/" + productKey + "/devices/none/messages",
                Json.createObjectBuilder().add("topic", "user/get").add("payload", "x").build()), 404,
                "device-not-found");
        assertProblem(rest.post("/api/v1/products/" + productKey + "/devices/none/rrpc",
                Json.createObjectBuilder().add("payload", "x").build()), 404, "device-not-found");
    }

    @Test
    void unknownPathIs404(Rest rest) {
        assertProblem(rest.get("/api/v1/none"), 404, "no-such-resource");
    }

    @Test
    void wrongMethodIs405(Rest rest) {
        assertProblem(rest.delete("/api/v1/products"), 405, "method-not-allowed");
    }

    @Test
    void secondDeviceOfTheSameNameIs409(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        assertProblem(rest.post("/api/v1/products/" + device.productKey() + "/devices",
                Json.createObjectBuilder().add("deviceName", device.name()).build()), 409, "device-exists");
    }

    @Test
    void deletingAProductThatHasDevicesIs409(Rest rest, Fleet fleet) {
        assertProblem(rest.delete("/api/v1/products/" + fleet.device().productKey()), 409, "product-has-devices");
    }

    @Test
    void secondTopicClassOfTheSameSuffixIs409(Rest rest, Fleet fleet) {
        assertProblem(rest.post("/api/v1/products/" + fleet.device().productKey() + "/topic-classes",
                Json.createObjectBuilder().add("suffix", "user/get").add("operation", "SUB").build()), 409,
                "topic-class-exists");
    }

    @Test
    void everyWrongFieldIsNamed(Rest rest, Fleet fleet) {
        Rest.Answer answer = rest.post(fleet.device().path() + "/messages", Json.createObjectBuilder()
                .add("topic", "user/get").add("qos", 2).add("payloadBase64", "?").add("messageExpiry", 0).build());
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactlyInAnyOrder("qos", "payloadBase64", "messageExpiry");
    }

    @Test
    void unknownFieldIs400(Rest rest) {
        Rest.Answer answer = rest.post("/api/v1/products",
                Json.createObjectBuilder().add("name", "Product").add("colour", "red").build());
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().getString("detail")).contains("colour");
    }

    @Test
    void wrongTypeIs400(Rest rest) {
        Rest.Answer answer = rest.post("/api/v1/products", Json.createObjectBuilder().add("name", 1).build());
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().getString("detail")).contains("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "nothing", "{} {}"})
    void whatIsNoJsonObjectIs400(String body, Rest rest) {
        assertProblem(rest.send("POST", "/api/v1/products", body), 400, "malformed-json");
    }

    @Test
    void bodyAboveTheBoundIs413(Rest rest) {
        assertProblem(rest.post("/api/v1/products",
                Json.createObjectBuilder().add("name", "x".repeat(2_000_000)).build()), 413, "body-too-large");
    }

    @Test
    void pathThatCannotNameAnythingIs400(Rest rest, Fleet fleet) {
        assertProblem(rest.get("/api/v1/products/" + fleet.device().productKey() + "/devices/a"), 400,
                "invalid-request");
    }

    private static void assertProblem(Rest.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().getString("code")).isEqualTo(code);
        assertThat(answer.json().getInt("status")).isEqualTo(status);
    }
}
