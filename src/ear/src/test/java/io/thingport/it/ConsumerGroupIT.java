package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Consumer groups and subscriptions as their owner manages them. */
@ExtendWith(SharedServer.class)
class ConsumerGroupIT {

    private static final String GROUPS = "/api/v1/consumer-groups";
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    @Test
    void aGroupIsMadeReadRenamedAndDeleted(Rest rest) {
        String name = "made_" + NEXT.getAndIncrement();
        Rest.Answer made = rest.post(GROUPS, name(name)).ok();
        String id = made.json().getString("groupId");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.response().headers().firstValue("Location")).hasValueSatisfying(
                location -> assertThat(location).endsWith(GROUPS + "/" + id));
        assertThat(rest.get(GROUPS + "/" + id).ok().json().getString("name")).isEqualTo(name);

        rest.send("PATCH", GROUPS + "/" + id, name(name + "_b").toString()).ok();
        assertThat(rest.get(GROUPS).ok().json().getJsonArray("items").getValuesAs(JsonObject.class))
                .anyMatch(group -> group.getString("groupId").equals(id) && group.getString("name").equals(name + "_b"));

        assertThat(rest.delete(GROUPS + "/" + id).status()).isEqualTo(204);
        assertProblem(rest.get(GROUPS + "/" + id), 404, "consumer-group-not-found");
        assertProblem(rest.get(GROUPS + "/" + id + "/status"), 404, "consumer-group-not-found");
    }

    @Test
    void theDefaultGroupIsAlwaysThere(Rest rest) {
        String path = GROUPS + "/DEFAULT_GROUP";
        rest.get(path).ok();
        assertProblem(rest.delete(path), 409, "default-consumer-group");
        assertProblem(rest.send("PATCH", path, name("other").toString()), 409, "default-consumer-group");
    }

    @Test
    void aNameIsChecked(Rest rest) {
        String name = "taken_" + NEXT.getAndIncrement();
        rest.post(GROUPS, name(name)).ok();
        assertProblem(rest.post(GROUPS, name(name)), 409, "consumer-group-name-exists");
        assertProblem(rest.post(GROUPS, name("abc")), 400, "invalid-request");
    }

    @Test
    void aSubscriptionIsSetReplacedAndEnded(Rest rest, Fleet fleet) {
        String path = "/api/v1/products/" + fleet.device().productKey() + "/subscription";
        String group = fleet.consumerGroup();
        assertProblem(rest.get(path), 404, "subscription-not-found");

        rest.send("PUT", path, subscription(List.of("status", "data"), List.of(group, "DEFAULT_GROUP"))).ok();
        JsonObject both = rest.get(path).ok().json();
        assertThat(strings(both.getJsonArray("kinds"))).containsExactly("data", "status");
        assertThat(strings(both.getJsonArray("groups"))).containsExactlyInAnyOrder(group, "DEFAULT_GROUP");

        rest.send("PUT", path, subscription(List.of("lifecycle"), List.of(group))).ok();
        assertThat(strings(rest.get(path).ok().json().getJsonArray("groups"))).containsExactly(group);

        assertThat(rest.delete(path).status()).isEqualTo(204);
        assertProblem(rest.get(path), 404, "subscription-not-found");
        assertProblem(rest.delete(path), 404, "subscription-not-found");
    }

    @Test
    void aWrongSubscriptionIsRefused(Rest rest, Fleet fleet) {
        String path = "/api/v1/products/" + fleet.device().productKey() + "/subscription";
        assertProblem(rest.send("PUT", path, subscription(List.of(), List.of("DEFAULT_GROUP"))), 400, "invalid-request");
        assertProblem(rest.send("PUT", path, subscription(List.of("data"), List.of())), 400, "invalid-request");
        assertProblem(rest.send("PUT", path, subscription(List.of("all"), List.of("DEFAULT_GROUP"))), 400,
                "invalid-request");
        assertProblem(rest.send("PUT", path, subscription(List.of("data"), List.of("none"))), 404,
                "consumer-group-not-found");
        assertProblem(rest.send("PUT", "/api/v1/products/none/subscription",
                subscription(List.of("data"), List.of("DEFAULT_GROUP"))), 404, "product-not-found");
    }

    @Test
    void aDeletedGroupLeavesSubscriptionsUnlessItIsTheOnlyOne(Rest rest, Fleet fleet) {
        String path = "/api/v1/products/" + fleet.device().productKey() + "/subscription";
        String group = fleet.consumerGroup();
        rest.send("PUT", path, subscription(List.of("data"), List.of(group))).ok();
        assertProblem(rest.delete(GROUPS + "/" + group), 409, "last-group-of-subscription");

        rest.send("PUT", path, subscription(List.of("data"), List.of(group, "DEFAULT_GROUP"))).ok();
        rest.delete(GROUPS + "/" + group).ok();

        assertThat(strings(rest.get(path).ok().json().getJsonArray("groups"))).containsExactly("DEFAULT_GROUP");
    }

    @Test
    void whatWaitsForAGroupIsCountedAndCanBeCleared(ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String group = fleet.consumerGroup();
        fleet.subscribe(device.productKey(), group, "data");
        assertThat(rest.get(GROUPS + "/" + group + "/status").ok().json().getJsonArray("consumers")).isEmpty();
        try (Tool tool = Client.PAHO_5.tool(server, device.login()).ready()) {
            tool.publish(device.topic("user/update"), 1, "one");
            tool.publish(device.topic("user/update"), 1, "two");
        }
        await().atMost(Deadline.ANSWER).until(() -> fleet.waiting(group) == 2);

        assertThat(rest.delete(GROUPS + "/" + group + "/messages").ok().json().getInt("cleared")).isEqualTo(2);
        // the engine counts what has left when its journal has it
        await().atMost(Deadline.ANSWER).until(() -> fleet.waiting(group) == 0);
    }

    @Test
    void comingAndGoingIsToldToAGroup(ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        String group = fleet.consumerGroup();
        fleet.subscribe(device.productKey(), group, "status");
        Client.PAHO_5.tool(server, device.login()).ready().close();

        await().atMost(Deadline.ANSWER).until(() -> fleet.waiting(group) == 2);
    }

    @Test
    void whatHappensToADeviceAsSuchIsToldToAGroup(Rest rest, Fleet fleet) {
        String productKey = fleet.device().productKey();
        String group = fleet.consumerGroup();
        fleet.subscribe(productKey, group, "lifecycle");
        Device device = fleet.device(productKey);
        rest.send("POST", device.path() + "/disable", "").ok();
        rest.send("POST", device.path() + "/enable", "").ok();
        rest.delete(device.path()).ok();
        rest.postCsv("/api/v1/imports", "productKey,deviceName\n" + productKey + ",imported-1\n").ok();

        await().atMost(Deadline.ANSWER).until(() -> fleet.waiting(group) == 5);
    }

    @Test
    void groupsAreForThoseWhoManage(Rest rest, Fleet fleet) {
        String path = "/api/v1/products/" + fleet.device().productKey() + "/subscription";
        for (String scope : List.of("message", "consume")) {
            Rest other = rest.as(fleet.accessKey(scope));
            assertProblem(other.get(GROUPS), 403, "scope-missing");
            assertProblem(other.get(path), 403, "scope-missing");
            assertProblem(other.delete(GROUPS + "/DEFAULT_GROUP/messages"), 403, "scope-missing");
        }
    }

    private static JsonObject name(String name) {
        return Json.createObjectBuilder().add("name", name).build();
    }

    private static String subscription(List<String> kinds, List<String> groups) {
        return Json.createObjectBuilder().add("kinds", Json.createArrayBuilder(kinds))
                .add("groups", Json.createArrayBuilder(groups)).build().toString();
    }

    private static List<String> strings(JsonArray array) {
        return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }

    private static void assertProblem(Rest.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().getString("code")).isEqualTo(code);
    }
}
