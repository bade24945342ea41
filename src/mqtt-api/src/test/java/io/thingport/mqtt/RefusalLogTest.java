package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private long millis = 5;
    private final Lines lines = new Lines();
    private final RefusalLog<Reason> log = new RefusalLog<>(lines, "Dropped", Reason.class, () -> millis);

    @Test
    void oneLineASecondIsSaidOfAReason() {
        log.say(Reason.EXPIRED, "a", "1");
        log.say(Reason.EXPIRED, "a", "2");
        assertThat(lines.said).hasSize(1);
    }

    @Test
    void theNextLineSaysHowManyWereLeftOut() {
        log.say(Reason.EXPIRED, "a", "1");
        log.say(Reason.EXPIRED, "a", "2");
        log.say(Reason.EXPIRED, "a", "3");
        millis += 1_000;
        log.say(Reason.EXPIRED, "a", "4");
        assertThat(lines.said.get(1)).isEqualTo("Dropped: EXPIRED, a, 4 (and 2 before it)");
    }

    @Test
    void reasonsDoNotHideEachOther() {
        log.say(Reason.EXPIRED, "a", "1");
        log.say(Reason.TOO_LARGE, "a", "2");
        assertThat(lines.said).hasSize(2);
    }

    @Test
    void atDebugLevelEveryCaseIsSaid() {
        lines.debug = true;
        log.say(Reason.EXPIRED, "a", "1");
        log.say(Reason.EXPIRED, "a", "2");
        assertThat(lines.said).hasSize(3);
    }

    @Test
    void whatADeviceWroteCannotForgeALine() {
        log.say(Reason.EXPIRED, "a", "x\r\nINFO all is well");
        assertThat(lines.said.get(0)).isEqualTo("Dropped: EXPIRED, a, x??INFO all is well");
    }

    @Test
    void whatADeviceWroteIsShortened() {
        log.say(Reason.EXPIRED, "a", "x".repeat(1_000));
        assertThat(lines.said.get(0)).hasSizeLessThan(300);
    }

    private enum Reason {
        EXPIRED, TOO_LARGE
    }

    private static final class Lines implements System.Logger {
        private final List<String> said = new ArrayList<>();
        private boolean debug;

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return debug || level != Level.DEBUG;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String line, Throwable thrown) {
            said.add(line);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            said.add(format);
        }
    }
}
