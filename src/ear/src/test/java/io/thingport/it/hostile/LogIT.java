package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Deadline;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients do wrong is in the log, and neither fills it nor writes it. */
class LogIT extends Unnoticed {

    /** At most one line a second and reason: so again and again until it is there. */
    @ParameterizedTest
    @CsvSource({"MALFORMED_PACKET, c0 01 00", "PROTOCOL_ERROR, 20 02 00 00", "PACKET_TOO_LARGE, 30 ff ff ff 7f",
            "TOPIC_NAME_INVALID, 30 03 00 01 23", "QOS_NOT_SUPPORTED, 34 05 00 01 61 00 01"})
    void aViolationHasALine(String reason, String packet, ThingportServer server) throws Exception {
        String line = "Connection closed: " + reason + ", ";
        long before = count(server, line);
        Awaitility.await("a line").atMost(Deadline.ANSWER).until(() -> {
            try (RawConnection raw = connected(server, 4, device)) {
                raw.send(packet);
                assertThat(raw.readToEnd()).isEmpty();
            }
            return count(server, line) > before;
        });
    }

    @Test
    void thousandsOfThemHaveAFewLines(ThingportServer server) throws Exception {
        long before = count(server, "Connection closed: ");
        long begin = System.nanoTime();
        for (int i = 0; i < 2000; i++) {
            try (RawConnection raw = new RawConnection(server)) {
                raw.send("00 00").readToEnd();
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 2;
        int loops = Runtime.getRuntime().availableProcessors();
        assertThat(count(server, "Connection closed: ") - before).isBetween(1L, 2 * loops * seconds); // console and file
    }

    /** A line break in a name does not begin a line. */
    @Test
    void namesDoNotWriteLinesOfTheirOwn(ThingportServer server) throws Exception {
        String forged = "[ERROR   ] forged " + device.name();
        for (RawConnection raw : new RawConnection[] {new RawConnection(server), new RawConnection(server)}) {
            raw.send(RawConnection.connect(5, device.login().userName("x\r\n" + forged + "&" + device.productKey())
                    .clientId("y\u2028" + forged + "\n" + forged + "|securemode=3|"))).readToEnd();
            raw.close();
        }
        assertThat(server.log().lines()).noneMatch(line -> line.startsWith(forged));
    }

    private static long count(ThingportServer server, String text) {
        return server.log().lines().filter(line -> line.contains(text)).count();
    }
}
