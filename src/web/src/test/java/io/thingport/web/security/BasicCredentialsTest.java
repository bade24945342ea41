package io.thingport.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

    private static String basic(String userAndPassword, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(charset));
    }

    @Test
    void splitsAtTheFirstColon() {
        assertThat(BasicCredentials.parse(basic("id:se:cret", StandardCharsets.UTF_8)))
                .contains(new BasicCredentials("id", "se:cret"));
    }

    @Test
    void readsUtf8() {
        assertThat(BasicCredentials.parse(basic("ä:ö", StandardCharsets.UTF_8)))
                .contains(new BasicCredentials("ä", "ö"));
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertThat(BasicCredentials.parse("bAsIc YTpi")).contains(new BasicCredentials("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Basic YWI=", "Bearer YTpi", "YTpi"})
    void findsNoneInAnythingElse(String header) {
        assertThat(BasicCredentials.parse(header)).isEmpty();
    }

    @Test
    void findsNoneInWhatIsNotUtf8() {
        assertThat(BasicCredentials.parse(basic("ä:b", StandardCharsets.ISO_8859_1))).isEmpty();
    }

    @Test
    void printsNoPassword() {
        assertThat(new BasicCredentials("id", "secret").toString()).doesNotContain("secret");
    }
}
