package io.thingport.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Deadline;
import io.thingport.it.RawConnection;
import io.thingport.it.ThingportServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Clients that take their time. */
class SlowClientsIT extends Unnoticed {

    /**
     * Ten seconds are for the whole CONNECT, whatever has come of it so far, and also when a byte comes now and then: this one
     * would take more than a minute so. All wait together.
     */
    @Test
    void whoHasNotSaidConnectInTimeIsClosed(ThingportServer server) throws Exception {
        byte[] connect = RawConnection.connect(5, device.login());
        List<RawConnection> open = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            open.add(new RawConnection(server).send(Arrays.copyOf(connect, i % connect.length)));
        }
        RawConnection trickling = new RawConnection(server);
        open.add(trickling);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> open.forEach(SlowClientsIT::expectSilence));
        int[] sent = {0};
        Awaitility.await("all closed").atMost(Deadline.ANSWER.multipliedBy(2)).pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            if (!closed.isDone()) {
                trickling.send(new byte[] {connect[sent[0]++]});
            }
            return closed.isDone();
        });
        closed.get();
        for (RawConnection raw : open) {
            raw.close();
        }
    }

    /** The time is for CONNECT alone: what follows may come byte by byte. */
    @Test
    void anAcceptedDeviceMayBeSlow(ThingportServer server) throws Exception {
        try (RawConnection raw = connected(server, 4, device)) {
            for (byte b : RawConnection.subscribe(4, 1, device.topic("user/both"))) {
                theBystanderGoesOn(2);
                raw.send(new byte[] {b});
            }
            assertThat(raw.readPacket()).isEqualTo("90 03 00 0a 01");
        }
    }

    private static void expectSilence(RawConnection raw) {
        try {
            assertThat(raw.readToEnd()).isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
