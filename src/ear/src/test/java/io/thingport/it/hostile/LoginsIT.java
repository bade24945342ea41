package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Login;
import io.thingport.it.PacketBytes;
import io.thingport.it.RawConnection;
import io.thingport.it.SignMethod;
import io.thingport.it.ThingportServer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client identifiers, user names and passwords that look like topics, like other devices, or are not there. */
class LoginsIT extends Unnoticed {

    private Device other;

    @BeforeAll
    void oneMore(Fleet fleet) {
        other = fleet.device(device.productKey());
    }

    /**
     * Such an identifier is signed as any other and says nothing of the device: its topics are those of the user name,
     * nobody else's.
     */
    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "/", "$SYS", "+/+", "/#", "a&b", "&&", "%00", "..", "other",
            "'\"--", "{}", "\u202E", "😀"})
    void clientIdentifierOpensNoTopic(String id, ThingportServer server) throws Exception {
        String base = id.equals("other") ? other.name() + "&" + other.productKey() : id;
        Login login = new Login(base + "|securemode=3,signmethod=hmacsha256|", device.login().userName(),
                SignMethod.HMACSHA256.sign(device.secret(), "clientId" + base + "deviceName" + device.name()
                        + "productKey" + device.productKey()), 60);
        try (RawConnection raw = new RawConnection(server)) {
            assertThat(raw.send(RawConnection.connect(4, login)).readPacket()).isEqualTo("20 02 00 00");
            raw.send(RawConnection.subscribe(4, 1, device.topic("user/both"), other.topic("user/both"),
                    "/" + device.productKey() + "/" + id + "/user/both", "/" + device.productKey() + "/+/user/both"));
            assertThat(raw.readPacket()).isEqualTo("90 06 00 0a 01 80 80 80");
        }
    }

    static Stream<Arguments> userNames() {
        return IntStream.of(3, 4, 5).boxed().flatMap(level -> Stream.of("+&PK", "#&PK", "NAME&+", "NAME&#", "/&PK",
                "&PK", "NAME&", "&", "&&", "NAME&&PK", "NAME&PK&", "&NAME&PK", "NAME&PK/", "NAME/+&PK",
                "NAME PK", "OTHER&PK", "NAME&PK ", " NAME&PK", "NAME%26PK", "'or'1'='1&PK",
                "NAME&PK|x=1").map(name -> Arguments.of(level, name)));
    }

    /** Signed with the device's own secret, for the names as they stand there. */
    @ParameterizedTest
    @MethodSource("userNames")
    void userNameOfNobodyOrAnotherIsRefused(int level, String pattern, ThingportServer server) throws Exception {
        String userName = pattern.replace("OTHER", other.name()).replace("NAME", device.name())
                .replace("PK", device.productKey());
        int and = Math.max(0, userName.indexOf('&'));
        Login login = new Login("x|securemode=3,signmethod=hmacsha256|", userName,
                SignMethod.HMACSHA256.sign(device.secret(), "clientIdxdeviceName" + userName.substring(0, and)
                        + "productKey" + userName.substring(Math.min(userName.length(), and + 1))), 60);
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, login));
            assertThat(raw.readPacket()).matches(level == 5 ? "20 .. 00 86 .*" : "20 02 00 04");
            assertThat(raw.closedSilently()).isTrue();
        }
    }

    /** U+0000 is malformed in every string. */
    @ParameterizedTest
    @CsvSource({"3,id", "4,id", "5,id", "3,user", "4,user", "5,user"})
    void nulInAName(int level, String where, ThingportServer server) throws Exception {
        Login login = device.login();
        Login bad = where.equals("id") ? login.clientId("a\0" + login.clientId()) : login.userName(login.userName() + "\0");
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, bad));
            assertThat(raw.readToEnd()).matches(level == 5 ? "(20 .. 00 8[12] .*)?" : "");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void userNameWithoutPasswordIsRefused(int level, ThingportServer server) throws Exception {
        Login login = device.login();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(PacketBytes.connect(level, 0x82).noProperties(level).text(login.clientId())
                    .text(login.userName()).build());
            assertThat(raw.readToEnd()).matches(level == 5 ? "20 .. 00 86 .*" : "20 02 00 04");
        }
    }

    /** [MQTT-3.1.2-22] in 3.1.1; 5.0 allows it, but nobody is named then. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void passwordWithoutUserNameIsRefused(int level, ThingportServer server) throws Exception {
        Login login = device.login();
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(PacketBytes.connect(level, 0x42).noProperties(level).text(login.clientId())
                    .text(login.password()).build());
            assertThat(raw.readToEnd()).matches(level == 5 ? "20 .. 00 86 .*" : "");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void neitherUserNameNorPasswordIsRefused(int level, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(PacketBytes.connect(level, 0x02).noProperties(level).text(device.login().clientId()).build());
            assertThat(raw.readToEnd()).matches(level == 5 ? "20 .. 00 86 .*" : "20 02 00 04");
        }
    }

    @ParameterizedTest
    @CsvSource({"3,0", "4,0", "5,0", "3,65535", "4,65535", "5,65535"})
    void keepAliveThatNeverEndsIsRefused(int level, int keepAlive, ThingportServer server) throws Exception {
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, device.login().keepAlive(keepAlive)));
            assertThat(raw.readToEnd()).matches(level == 5 ? "20 .. 00 83 .*" : "20 02 00 02");
        }
    }

    /** Names and passwords as long as a field may be. */
    @ParameterizedTest
    @CsvSource({"4,id", "5,id", "4,user", "5,user", "4,password", "5,password"})
    void fieldsOfManyBytes(int level, String where, ThingportServer server) throws Exception {
        Login login = device.login();
        String much = "x".repeat(60_000);
        Login bad = List.of(login.clientId(much + "|securemode=3|"), login.userName(much), login.password(much))
                .get(List.of("id", "user", "password").indexOf(where));
        try (RawConnection raw = new RawConnection(server)) {
            raw.send(RawConnection.connect(level, bad));
            assertThat(raw.readToEnd()).matches(level == 5 ? "20 .. 00 8[56] .*" : "20 02 00 0[24]");
        }
    }
}
