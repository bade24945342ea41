package io.thingport.platform.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final TestClock clock = new TestClock();
    private final Lines lines = new Lines();
    private final RefusalLog<DropReason> log = new RefusalLog<>(lines, "Dropped", DropReason.class, clock);

    @Test
    void oneLineASecondIsSaidOfAReason() {
        log.say(DropReason.EXPIRED, "a", "1");
        log.say(DropReason.EXPIRED, "a", "2");
        assertThat(lines.said).hasSize(1);
    }

    @Test
    void theNextLineSaysHowManyWereLeftOut() {
        log.say(DropReason.EXPIRED, "a", "1");
        log.say(DropReason.EXPIRED, "a", "2");
        log.say(DropReason.EXPIRED, "a", "3");
        clock.pass(Duration.ofSeconds(1));
        log.say(DropReason.EXPIRED, "a", "4");
        assertThat(lines.said.get(1)).isEqualTo("Dropped: EXPIRED, a, 4 (and 2 before it)");
    }

    @Test
    void reasonsDoNotHideEachOther() {
        log.say(DropReason.EXPIRED, "a", "1");
        log.say(DropReason.TOO_LARGE, "a", "2");
        assertThat(lines.said).hasSize(2);
    }

    @Test
    void atDebugLevelEveryCaseIsSaid() {
        lines.debug = true;
        log.say(DropReason.EXPIRED, "a", "1");
        log.say(DropReason.EXPIRED, "a", "2");
        assertThat(lines.said).hasSize(3);
    }

    @Test
    void whatADeviceWroteCannotForgeALine() {
        log.say(DropReason.EXPIRED, "a", "x\r\nINFO all is well");
        assertThat(lines.said.get(0)).isEqualTo("Dropped: EXPIRED, a, x??INFO all is well");
    }

    @Test
    void whatADeviceWroteIsShortened() {
        log.say(DropReason.EXPIRED, "a", "x".repeat(1_000));
        assertThat(lines.said.get(0)).hasSizeLessThan(300);
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
