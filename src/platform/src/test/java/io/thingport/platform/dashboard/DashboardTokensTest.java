package io.thingport.platform.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.secrets.MasterKeyRing;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.7Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SecretBox box = new SecretBox(MasterKeyRing.generate(new Random(1)), new Random(2));
    private final DashboardTokens tokens = tokens(box);

    private static DashboardTokens tokens(SecretBox box) {
        return new DashboardTokens(() -> box, new Tokens(new Random(3)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aTokenSaysWhatItWasMadeWith() {
        IssuedToken issued = tokens.issue("TP1", Set.of("a1", "b2"), Set.of(Right.WATCH, Right.PUBLISH), HOUR);
        assertThat(tokens.open(issued.text().reveal())).contains(issued.token());
        assertThat(issued.token()).isEqualTo(new DashboardToken(issued.token().id(), "TP1", Set.of("a1", "b2"),
                Set.of(Right.WATCH, Right.PUBLISH), Instant.parse("2026-01-01T01:00:00Z")));
    }

    @Test
    void noTwoTokensAreTheSame() {
        assertThat(issue().token().id()).isNotEqualTo(issue().token().id());
    }

    @Test
    void theLongestTokenIsRead() {
        Set<String> products = IntStream.range(0, DashboardTokens.PRODUCTS_MAXIMUM)
                .mapToObj(i -> String.format("%032d", i)).collect(Collectors.toSet());
        IssuedToken issued = tokens.issue("T".repeat(64), products, Set.of(Right.values()), HOUR);
        assertThat(tokens.open(issued.text().reveal())).contains(issued.token());
    }

    @Test
    void aTokenOfAnotherServerIsNone() {
        SecretBox other = new SecretBox(MasterKeyRing.generate(new Random(7)), new Random(8));
        assertThat(tokens(other).open(issue().text().reveal())).isEmpty();
    }

    @Test
    void whatElseTheMasterKeySealedIsNone() {
        assertThat(tokens.open(box.seal(issue().text(), "access-key:TP1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1", "1:", "1:x", "0:AAAA", "1:!!!!", "99999999999:AAAA"})
    void anyOtherTextIsNone(String text) {
        assertThat(tokens.open(text)).isEmpty();
    }

    @Test
    void aTextOfAnyLengthIsNone() {
        assertThat(tokens.open("1:" + "A".repeat(60_000))).isEmpty();
    }

    @Test
    void theTextDoesNotTellWhatItSays() {
        assertThat(issue().text().reveal()).doesNotContain("TP1", "WATCH");
    }

    @Test
    void aTokenIsNotPrinted() {
        IssuedToken issued = issue();
        assertThat(issued.toString()).doesNotContain(issued.text().reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "PT24H1S"})
    void noTokenLivesShorterOrLongerThanItMay(Duration lifetime) {
        assertThatThrownBy(() -> tokens.issue("TP1", Set.of("a1"), Set.of(Right.WATCH), lifetime))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private IssuedToken issue() {
        return tokens.issue("TP1", Set.of("a1"), Set.of(Right.WATCH), HOUR);
    }
}
