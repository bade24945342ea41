package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets that change: those of devices, and the master key that seals them. */
@ExtendWith(SharedServer.class)
class CredentialsIT {

    private static final String NEW_SECRET = "0123456789abcdefABCDEF";
    private static final String KEY_1 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String KEY_2 = "ICECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @ParameterizedTest
    @EnumSource
    void bothSecretsAreGoodDuringTheGrace(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            JsonObject rotated = rotate(rest, device, 3600).ok().json();
            assertThat(rotated.getString("deviceSecret")).isEqualTo(NEW_SECRET);
            assertThat(rotated.getString("previousValidUntil")).isNotEmpty();
            assertThat(tool.connected()).isTrue();
        }
        assertThat(connect(client, server, device)).isZero();
        assertThat(connect(client, server, withNewSecret(device))).isZero();
        assertThat(connect(client, server, device)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withoutGraceTheOldSecretAndItsConnectionEndAtOnce(Client client, ThingportServer server, Rest rest, Fleet fleet)
            throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            rotate(rest, device, 0).ok();
            assertThat(tool.ended()).isEqualTo(administrativeAction(client));
        }
        assertThat(connect(client, server, device)).isEqualTo(client.sees(0x86, 4));
        assertThat(connect(client, server, withNewSecret(device))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theGraceCanBeEndedAtOnce(Client client, ThingportServer server, Rest rest, Fleet fleet) throws Exception {
        Device device = fleet.device();
        rotate(rest, device, 3600).ok();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            rest.delete(device.path() + "/secret/previous").ok();
            assertThat(tool.ended()).isEqualTo(administrativeAction(client));
        }
        assertThat(connect(client, server, device)).isEqualTo(client.sees(0x86, 4));
        assertThat(connect(client, server, withNewSecret(device))).isZero();
    }

    @Test
    void graceEndsByItself(ThingportServer server, Rest rest, Fleet fleet) {
        Device device = fleet.device();
        rotate(rest, device, 1).ok();
        assertThat(connect(Client.PAHO_5, server, withNewSecret(device))).isZero();
        await().atMost(Deadline.ANSWER).until(() -> connect(Client.PAHO_5, server, device) == 0x86);
    }

    @Test
    void wrongRotationsAre400(Rest rest, Fleet fleet) {
        Device device = fleet.device();
        assertThat(rotate(rest, device, 2_592_001).status()).isEqualTo(400);
        assertThat(rest.post(device.path() + "/secret",
                Json.createObjectBuilder().add("deviceSecret", "short").build()).json().getJsonArray("errors")
                .getJsonObject(0).getString("field")).isEqualTo("deviceSecret");
        assertThat(rest.post(device.path() + "/secret",
                Json.createObjectBuilder().add("deviceSecret", device.secret()).build()).status()).isEqualTo(400);
    }

    @Test
    void productSecretIsGivenOrMadeUp(Rest rest) {
        String own = rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Secret_given")
                .add("productSecret", "AbCdEfGh01234567").build()).ok().json().getString("productKey");
        String other = rest.post("/api/v1/products", Json.createObjectBuilder().add("name", "Secret_made_up").build())
                .ok().json().getString("productKey");
        assertThat(productSecret(rest, own)).isEqualTo("AbCdEfGh01234567");
        assertThat(productSecret(rest, other)).matches("[A-Za-z0-9]{16}");
    }

    @Test
    void dataDirectoryAndItsKeysAreForTheirOwnerOnly(ThingportServer server) throws Exception {
        assertThat(permissions(server.data())).isEqualTo("rwx------");
        assertThat(permissions(server.data().resolve("master-key"))).isEqualTo("rw-------");
        assertThat(permissions(server.accessKeyFile())).isEqualTo("rw-------");
    }

    /** Killed while secrets are being sealed anew: nothing becomes unreadable, and the start goes on with it. */
    @Test
    void masterKeyIsRotatedAcrossAKillAndTheOldVersionTakenAway() throws Exception {
        try (ThingportServer server = ThingportServer.packaged("rotation", Map.of()).start()) {
            Fleet fleet = new Fleet(server.rest());
            List<Device> devices = new ArrayList<>(List.of(fleet.device()));
            for (int i = 0; i < 50; i++) {
                devices.add(fleet.device(devices.get(0).productKey()));
            }
            JsonObject begun = server.rest().send("POST", "/api/v1/master-key/rotations", "").ok().json();
            assertThat(begun.getInt("version")).isEqualTo(2);
            server.close();

            server.start();
            await().atMost(Deadline.ANSWER).until(() -> masterKey(server).getInt("left") == 0);
            JsonObject after = masterKey(server);
            assertThat(after.getString("source")).isEqualTo("file");
            assertThat(after.getInt("done")).isEqualTo(51 + 1 + 1); // devices, a product, an access key
            server.stop();

            Path file = server.data().resolve("master-key");
            assertThat(permissions(file)).isEqualTo("rw-------");
            List<String> keys = Files.readAllLines(file);
            assertThat(keys).hasSize(2);
            Files.writeString(file, keys.get(1));
            server.start();
            for (Device device : List.of(devices.get(0), devices.get(50))) {
                assertThat(connect(Client.PAHO_5, server, device)).isZero();
            }
        }
    }

    @Test
    @Tag("once")
    void configuredMasterKeyIsRotatedByTheConfiguration() throws Exception {
        Device device;
        try (ThingportServer server = ThingportServer.packaged("configured-key",
                Map.of("thingport.secrets.key", KEY_1)).start()) {
            device = new Fleet(server.rest()).device();
            Rest.Answer refused = server.rest().send("POST", "/api/v1/master-key/rotations", "");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().getString("code")).isEqualTo("master-key-configured");
            assertThat(refused.toString()).doesNotContain(KEY_1);
            server.stop();
            server.set("thingport.secrets.key", "1:" + KEY_1 + ",2:" + KEY_2).start();
            await().atMost(Deadline.ANSWER).until(() -> masterKey(server).getInt("left") == 0);
            assertThat(masterKey(server).getInt("version")).isEqualTo(2);
            server.stop();
            server.set("thingport.secrets.key", "2:" + KEY_2).start();
            assertThat(connect(Client.PAHO_5, server, device)).isZero();
        }
    }

    private static Rest.Answer rotate(Rest rest, Device device, int graceSeconds) {
        return rest.post(device.path() + "/secret", Json.createObjectBuilder().add("deviceSecret", NEW_SECRET)
                .add("graceSeconds", graceSeconds).build());
    }

    private static Device withNewSecret(Device device) {
        return new Device(device.productKey(), device.name(), NEW_SECRET);
    }

    private static int connect(Client client, ThingportServer server, Device device) {
        try (Tool tool = client.tool(server, device.login())) {
            return tool.connect();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject masterKey(ThingportServer server) {
        return server.rest().get("/api/v1/master-key").ok().json();
    }

    private static String productSecret(Rest rest, String productKey) {
        return rest.get("/api/v1/products/" + productKey + "/secret").ok().json().getString("productSecret");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static OptionalInt administrativeAction(Client client) {
        return client.v5() ? OptionalInt.of(0x98) : OptionalInt.empty();
    }
}
