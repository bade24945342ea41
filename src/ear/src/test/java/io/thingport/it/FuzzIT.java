package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.bench.FuzzTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of the program that sends the server what no client should. */
@Tag("once")
class FuzzIT {

    private static final int SECONDS = 15;
    private static final int CONNECTIONS = 4;

    @Test
    void noBytesDisturbAnybody() {
        FuzzTest.Result result = FuzzTest.run(SECONDS, System.nanoTime(), CONNECTIONS,
                Path.of(System.getProperty("thingport.it.liberty")),
                Path.of(System.getProperty("thingport.it.directory"), "fuzz"));
        assertThat(result.clean()).as(result.text()).isTrue();
        assertThat(result.executions()).as(result.text()).isGreaterThan(100);
        assertThat(result.received()).as(result.text()).isGreaterThan(100);
    }
}
