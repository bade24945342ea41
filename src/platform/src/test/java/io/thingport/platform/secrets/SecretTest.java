package io.thingport.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.text.MessageFormat;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final Secret SECRET = Secret.of("7f3c9a5e1b8d4260");

    @Test
    void everyWayToPrintItButRevealShowsAPlaceholder() {
        record Holder(Secret secret) {
        }

        assertThat(SECRET + String.valueOf(new Holder(SECRET)) + MessageFormat.format("{0}", SECRET))
                .doesNotContain("7f3c");
    }

    @Test
    void revealShowsIt() {
        assertThat(SECRET.reveal()).isEqualTo("7f3c9a5e1b8d4260");
    }

    @Test
    void changingTheBytesHandedOutLeavesItAsItIs() {
        SECRET.utf8()[0] = 'x';

        assertThat(SECRET.reveal()).startsWith("7");
    }

    @Test
    void onlyTheWholeTextMatches() {
        assertThat(SECRET.matches("7f3c9a5e1b8d4260")).isTrue();
        assertThat(SECRET.matches("7f3c9a5e1b8d426")).isFalse();
        assertThat(SECRET.matches("")).isFalse();
    }

    @Test
    void anEmptyTextIsNoSecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
    }
}
