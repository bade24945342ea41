package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.ThingportServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A permission that is taken away does not live on in what was allowed before: routes, subscriptions, stored sessions. */
class PermissionsIT extends Unnoticed {

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void takenAwayWhileSubscribed(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device subject = fleet.device(Map.of("user/passing", "ALL", "user/lasting", "ALL"));
        try (RawConnection raw = connected(server, level, subject)) {
            raw.send(RawConnection.subscribe(level, 1, subject.topic("user/passing"),
                    subject.topic("user/lasting"))).readPacket();
            expectEcho(raw, level, subject.topic("user/passing"));
            deleteTopicClass(rest, subject, "user/passing");

            raw.send(RawConnection.publish(level, 0, subject.topic("user/passing"), 0, "gone"));
            assertThat(pub(rest, subject, "user/passing")).isNotIn("sent", "stored");
            expectEcho(raw, level, subject.topic("user/lasting"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void takenAwayWhileTheSessionRests(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device subject = fleet.device(Map.of("user/passing", "ALL", "user/lasting", "ALL"));
        Login login = subject.login().keeping();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, login)).readPacket();
            raw.send(RawConnection.subscribe(level, 1, subject.topic("user/passing"),
                    subject.topic("user/lasting"))).readPacket();
        }
        deleteTopicClass(rest, subject, "user/passing");
        assertThat(pub(rest, subject, "user/passing")).isNotIn("sent", "stored");
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, login)).readPacket();
            raw.send(RawConnection.publish(level, 0, subject.topic("user/passing"), 0, "gone"));
            assertThat(pub(rest, subject, "user/passing")).isNotIn("sent", "stored");
            expectEcho(raw, level, subject.topic("user/lasting"));
        }
    }

    /** The connection ends, and none is opened. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void disabledWhileConnected(int level, ThingportServer server, Fleet fleet, Rest rest) throws Exception {
        Device subject = fleet.device();
        try (RawConnection raw = connected(server, level, subject); RawConnection again = new RawConnection(server)) {
            rest.send("POST", subject.path() + "/disable", "");
            expectClosed(raw, level, "98");
            again.send(RawConnection.connect(level, subject.login()));
            assertThat(again.readToEnd()).matches(level == 5 ? "20 .. 00 87 .*" : "20 02 00 05");
        }
    }

    private static void expectEcho(RawConnection raw, int level, String topic) throws Exception {
        byte[] publish = RawConnection.publish(level, 0, topic, 0, "lasting");
        assertThat(raw.send(publish).readPacketBytes()).isEqualTo(publish);
    }

    private static void deleteTopicClass(Rest rest, Device device, String suffix) {
        String classes = "/api/v1/products/" + device.productKey() + "/topic-classes";
        String id = rest.get(classes).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("suffix").equals(suffix)).findFirst().orElseThrow().getString("id");
        assertThat(rest.delete(classes + "/" + id).response().statusCode()).isEqualTo(204);
    }

    private static String pub(Rest rest, Device device, String suffix) {
        return rest.post(device.path() + "/messages", Json.createObjectBuilder().add("topic", suffix).add("qos", 1)
                .add("payload", "x").build()).response().body();
    }
}
