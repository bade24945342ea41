package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic class is deleted while a device is subscribed, and while its kept session waits for it. */
@Tag("once")
@ExtendWith(SharedServer.class)
class PermissionIT {

    private static final Map<String, String> CLASSES = Map.of("user/kept", "SUB", "user/withdrawn", "ALL");

    @ParameterizedTest
    @EnumSource
    void whatIsWithdrawnWhileSubscribedStopsAtOnce(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device(CLASSES);
        try (Tool tool = client.tool(server, device.login())
                .ready(device.topic("user/kept"), device.topic("user/withdrawn"))) {
            assertThat(tool.publish(device.topic("user/withdrawn"), 1, "own")).isZero();
            assertThat(tool.next().text()).isEqualTo("own");
            withdraw(rest, device);
            assertThat(tool.publish(device.topic("user/withdrawn"), 1, "own")).isEqualTo(client.sees(0x87, 0));
            assertThat(send(rest, device, "user/withdrawn", "no").status()).isEqualTo(422);
            send(rest, device, "user/kept", "yes").ok();
            assertThat(tool.next().text()).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWithdrawnFromAKeptSessionDoesNotComeWhenTheDeviceIsBack(Client client, ThingportServer server, Rest rest,
            Fleet fleet) throws Exception {
        Device device = fleet.device(CLASSES);
        client.tool(server, device.login().keeping())
                .ready(device.topic("user/kept"), device.topic("user/withdrawn")).close();
        for (String topic : new String[] {"user/withdrawn", "user/kept", "user/withdrawn"}) {
            assertThat(send(rest, device, topic, topic).ok().json().getString("outcome")).isEqualTo("stored");
        }
        withdraw(rest, device);
        try (Tool again = client.tool(server, device.login().keeping()).ready()) {
            send(rest, device, "user/kept", "last").ok();
            assertThat(again.next().text()).isEqualTo("user/kept");
            assertThat(again.next().text()).isEqualTo("last");
        }
    }

    private static void withdraw(Rest rest, Device device) {
        String classes = "/api/v1/products/" + device.productKey() + "/topic-classes";
        String id = rest.get(classes).ok().json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(c -> c.getString("suffix").equals("user/withdrawn")).findAny().orElseThrow().getString("id");
        rest.delete(classes + "/" + id).ok();
    }

    private static Rest.Answer send(Rest rest, Device device, String topic, String text) {
        return rest.post(device.path() + "/messages", Json.createObjectBuilder()
                .add("topic", topic).add("qos", 1).add("payload", text).build());
    }
}
