package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.bench.KillTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A short run of the program that kills the server again and again under load. */
class KillIT {

    private static final int KILLS = 3;
    private static final int DEVICES = 40;

    @Test
    void whatWasAcknowledgedOutlivesKills() {
        KillTest.Result result = KillTest.run(KILLS, Database.OF_THIS_RUN.name().toLowerCase(), System.nanoTime(), DEVICES,
                Path.of(System.getProperty("thingport.it.liberty")),
                Path.of(System.getProperty("thingport.it.directory"), "kill"));
        assertThat(result.clean()).as(result.text()).isTrue();
        assertThat(result.acknowledged()).as(result.text()).isPositive();
    }
}
