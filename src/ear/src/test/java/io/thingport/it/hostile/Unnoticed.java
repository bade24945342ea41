package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.RawConnection;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A bystander stays connected while a test attacks: it goes on getting an echo of all it sends. The server's log gets no stack
 * trace.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedServer.class)
abstract class Unnoticed {

    private static final Pattern FRAME = Pattern.compile("^\\s+at [\\w.$/@]+\\(", Pattern.MULTILINE);

    /** The attacker, which may publish and subscribe {@code user/both} and subscribe {@code user/deep/#}. */
    Device device;

    private Bystander bystander;
    private long framesBefore;

    @BeforeAll
    void begin(ThingportServer server, Fleet fleet) throws Exception {
        framesBefore = frames(server);
        device = fleet.device(Map.of("user/both", "ALL", "user/deep/#", "SUB"));
        bystander = new Bystander(server, fleet.device(device.productKey()));
    }

    @AfterEach
    void theBystanderGoesOn() throws Exception {
        theBystanderGoesOn(1);
    }

    void theBystanderGoesOn(int rounds) throws Exception {
        bystander.expectMore(rounds);
    }

    @AfterAll
    void nothingIsLogged(ThingportServer server) throws Exception {
        bystander.close();
        assertThat(frames(server)).as("lines of stack traces in the log").isEqualTo(framesBefore);
    }

    private static long frames(ThingportServer server) {
        return FRAME.matcher(server.log()).results().count();
    }

    /** The present value of a metric without tags. */
    static double metric(Rest rest, String name) {
        return rest.as("").get("/metrics").response().body().lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst().orElseThrow();
    }

    /** A connection of this device, accepted. */
    static RawConnection connected(ThingportServer server, int level, Device device) throws Exception {
        RawConnection connection = new RawConnection(server);
        connection.send(RawConnection.connect(level, device.login()));
        assertThat(connection.readPacket()).matches("20 .. 00 00.*");
        return connection;
    }

    /** The connection goes on: a PINGREQ is answered, and nothing else comes before that. */
    static void expectAlive(RawConnection connection) throws Exception {
        assertThat(connection.send("c0 00").readPacket()).isEqualTo("d0 00");
    }

    /** The server closes; in 5.0 it says why before. */
    static void expectClosed(RawConnection connection, int level, String reasonCode) throws Exception {
        if (level == 5) {
            assertThat(connection.readPacket()).matches("e0 .. " + reasonCode + " .*");
        }
        assertThat(connection.closedSilently()).isTrue();
    }
}
