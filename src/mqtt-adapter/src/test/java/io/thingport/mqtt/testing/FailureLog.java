package io.thingport.mqtt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to the adapter's log, keeps it from being printed, and fails when an exception stands in it. */
public final class FailureLog implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.thingport.mqtt");
    private final List<Throwable> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getThrown() != null) {
                logged.add(entry.getThrown());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    public FailureLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        assertThat(logged).as("exceptions in the log").isEmpty();
    }
}
