package io.thingport.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private static final Set<String> ALL = Set.of();
    private static final Set<String> ONE = Set.of("https://example.com");

    @Test
    void clientsMayNameNoSubprotocol() {
        Handshake handshake = offering(List.of());

        assertThat(handshake.refusal(ALL)).isEmpty();
        assertThat(handshake.subprotocol()).isEmpty();
    }

    /** [MQTT-6.0.0-4] */
    @ParameterizedTest
    @CsvSource({"mqtt, mqtt", "mqttv3.1, mqttv3.1", "chat|mqtt, mqtt", "mqttv3.1|mqtt, mqttv3.1"})
    void theFirstSubprotocolThatIsMqttIsAnswered(String offered, String answered) {
        Handshake handshake = offering(List.of(offered.split("\\|")));

        assertThat(handshake.refusal(ALL)).isEmpty();
        assertThat(handshake.subprotocol()).contains(answered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "MQTT", "mqtt5", ""})
    void whoOffersOthersOnlyIsRefused(String offered) {
        assertThat(offering(List.of(offered)).refusal(ALL)).contains(Refusal.SUBPROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "14"})
    void anotherVersionOfWebSocketIsRefused(String version) {
        assertThat(new Handshake(version, Optional.empty(), List.of()).refusal(ALL)).contains(Refusal.VERSION);
    }

    @Test
    void anyPageMayConnectWhereNoneIsNamed() {
        assertThat(from(Optional.of("https://evil.example")).refusal(ALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://example.com", "https://example.com:8443",
        "https://example.com.evil.example", "null", ""})
    void otherPagesThanThoseNamedAreRefused(String origin) {
        assertThat(from(Optional.of(origin)).refusal(ONE)).contains(Refusal.ORIGIN);
    }

    @Test
    void aPageThatIsNamedMayConnect() {
        assertThat(from(Optional.of("https://example.com")).refusal(ONE)).isEmpty();
    }

    @Test
    void whatIsNoBrowserNamesNoPageAndMayConnect() {
        assertThat(from(Optional.empty()).refusal(ONE)).isEmpty();
    }

    private static Handshake offering(List<String> subprotocols) {
        return new Handshake("13", Optional.empty(), subprotocols);
    }

    private static Handshake from(Optional<String> origin) {
        return new Handshake("13", origin, List.of("mqtt"));
    }
}
