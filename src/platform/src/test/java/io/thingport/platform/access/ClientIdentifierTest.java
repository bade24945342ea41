package io.thingport.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdentifierTest {

    @Test
    void theBaseIsWhatStandsBeforeTheFirstBar() {
        assertThat(parsed("00-16-EA|securemode=3|").base()).isEqualTo("00-16-EA");
    }

    @Test
    void theBaseMayBeEmpty() {
        assertThat(parsed("|timestamp=1,signmethod=hmacsha256|").base()).isEmpty();
    }

    @Test
    void pairsComeInAnyOrderWithACommaAfterTheLast() {
        ClientIdentifier id = parsed("a|timestamp=2524608000000,_ss=1,_v=sdk-c-4.1.0,securemode=2,"
                + "signmethod=hmacsha256,ext=3,|");
        assertThat(id).isEqualTo(new ClientIdentifier("a", SignMethod.HMAC_SHA256, Optional.of("2524608000000"), 3,
                Optional.empty(), Optional.of("2"), Optional.empty(), Optional.of("sdk-c-4.1.0"), true));
    }

    @Test
    void valuesMayHoldBarsAndSpaces() {
        assertThat(parsed("a|securemode=3,lan=JS|Ali,lan=Broswer ,_v=1.2,timestamp=7|").timestamp()).contains("7");
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertThat(parsed("a|timestamp=1=2|").timestamp()).contains("1=2");
    }

    @Test
    void aValueMayBeEmpty() {
        assertThat(parsed("a|timestamp=|").timestamp()).contains("");
    }

    @Test
    void keysAreComparedInAnyCase() {
        assertThat(parsed("a|SignMethod=hmacsha1,authType=REGISTER|")).isEqualTo(new ClientIdentifier("a",
                SignMethod.HMAC_SHA1, Optional.empty(), 0, Optional.of("register"), Optional.empty(), Optional.empty(),
                Optional.empty(), false));
    }

    @Test
    void signMethodsAreComparedInAnyCase() {
        assertThat(parsed("a|signmethod=HmacSha256|").signMethod()).isEqualTo(SignMethod.HMAC_SHA256);
    }

    @Test
    void theSignMethodIsMd5UnlessGiven() {
        assertThat(parsed("a|securemode=3|").signMethod()).isEqualTo(SignMethod.HMAC_MD5);
    }

    @Test
    void ofAKeyGivenTwiceTheLastWins() {
        assertThat(parsed("a|ext=1,ext=2|").ext()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a|", "|", "a||", "a|,|", "a|securemode=3", "a|securemode=3|b", "a|securemode|",
            "a|=3|", "a|securemode=3,,ext=1|", "a|,ext=1|", "a|ext=1,,|", "a|signmethod=hmacsha512|", "a|ext=x|",
            "a|ext=|", "a|ext=-1|", "a|ext=12345678901|"})
    void anythingElseBreaksTheGrammar(String text) {
        assertThat(ClientIdentifier.parse(text)).isEmpty();
    }

    private static ClientIdentifier parsed(String text) {
        return ClientIdentifier.parse(text).orElseThrow();
    }
}
