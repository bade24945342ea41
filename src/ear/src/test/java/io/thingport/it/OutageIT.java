package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.bench.OutageTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of the program that takes the database away from a server under load. */
@Tag("once")
class OutageIT {

    private static final int SECONDS = 8;
    private static final int DEVICES = 20;

    @Test
    void serverOutlivesADatabaseThatHangsOrGoesOrRefusesWrites() {
        OutageTest.Result result = OutageTest.run(OutageTest.Subject.DATABASE, SECONDS, System.nanoTime(), DEVICES,
                Path.of(System.getProperty("thingport.it.liberty")),
                Path.of(System.getProperty("thingport.it.directory"), "outage"));
        assertThat(result.clean()).as(result.text()).isTrue();
    }
}
