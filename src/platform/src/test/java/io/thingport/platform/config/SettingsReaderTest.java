package io.thingport.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttServerSettings;
import io.thingport.mqtt.Network;
import io.thingport.platform.config.Settings.Will;
import io.thingport.platform.secrets.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void withoutAnyValueEverySettingHasItsDefault() {
        Settings settings = read(Map.of());

        assertThat(settings.mqtt()).isEqualTo(MqttServerSettings.DEFAULTS);
        assertThat(settings.keepAlive().minimum()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.will()).isEqualTo(Will.IGNORE);
    }

    @Test
    void valuesCarryTheirUnits() {
        Settings settings = read(Map.of(
                "thingport.mqtt.packet-maximum", "1MiB",
                "thingport.mqtt.connect-timeout", "PT5S",
                "thingport.will", "reject"));

        assertThat(settings.mqtt().packetMaximum()).isEqualTo(1024 * 1024);
        assertThat(settings.mqtt().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.will()).isEqualTo(Will.REJECT);
    }

    @Test
    void filesTheServerMakesAreInTheDataDirectoryUnlessToldOtherwise() {
        Settings settings = read(Map.of("thingport.data-directory", "/var/lib/thingport",
                "thingport.access-key.file", "/run/key"));

        assertThat(settings.masterKey().keyFile()).isEqualTo(Path.of("/var/lib/thingport/master-key"));
        assertThat(settings.accessKeyFile()).isEqualTo(Path.of("/run/key"));
    }

    @Test
    void oneMessageNamesEveryWrongKeyItsValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> read(Map.of(
                "thingport.mqtt.port", "70000",
                "thingport.mqtt.connect-timeout", "10",
                "thingport.session.queue-bytes", "4 megabytes",
                "thingport.will", "maybe")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wrong settings (4): "
                        + "thingport.mqtt.port = 70000: allowed is a whole number from 0 to 65535; "
                        + "thingport.mqtt.connect-timeout = 10: allowed is a duration from PT1S to PT5M, as in PT30S; "
                        + "thingport.session.queue-bytes = 4 megabytes: allowed is a size from 0B to 1GiB, "
                        + "with its unit: 512B, 256KiB, 4MiB; "
                        + "thingport.will = maybe: allowed is ignore or reject");
    }

    @Test
    void aSizeThatOverflowsIsWrong() {
        assertWrong("thingport.mqtt.packet-maximum", "999999999GiB");
        assertWrong("thingport.mqtt.packet-maximum", "99999999999999999999B");
    }

    @Test
    void aPacketLargerThanWhatCanBeStoredIsWrong() {
        assertWrong("thingport.mqtt.packet-maximum", "2MiB");
    }

    @Test
    void moreSubscriptionsThanCanBeStoredAreWrong() {
        assertThatThrownBy(() -> read(Map.of("thingport.subscription.device-maximum", "10000")))
                .isInstanceOf(SettingsException.class).hasMessageContaining("no more than 1706");
    }

    @Test
    void aKeyStoreHasToBeThereAndToHaveAPassword(@TempDir Path folder) throws IOException {
        Path keyStore = Files.createFile(folder.resolve("key-store"));
        assertThatThrownBy(() -> read(Map.of("thingport.amqp.tls.key-store", folder.resolve("none").toString(),
                "thingport.amqp.tls.key-store-password", "secret")))
                .isInstanceOf(SettingsException.class).hasMessageContaining("a file that can be read");
        assertThatThrownBy(() -> read(Map.of("thingport.amqp.tls.key-store", keyStore.toString())))
                .isInstanceOf(SettingsException.class).hasMessageContaining("thingport.amqp.tls.key-store-password");

        assertThat(read(Map.of("thingport.amqp.tls.key-store", keyStore.toString(),
                "thingport.amqp.tls.key-store-password", "secret")).amqp().tls())
                .hasValue(new Settings.AmqpTls("0.0.0.0", 5671, keyStore, Secret.of("secret")));
    }

    @Test
    void listenersAreNamedAndHaveSettingsOfTheirOwn() {
        Settings settings = read(Map.of("thingport.mqtt.port", "0", "thingport.mqtt.listeners", "devices,chips",
                "thingport.mqtt.listener.devices.port", "8883", "thingport.mqtt.listener.devices.transport", "tls",
                "thingport.mqtt.listener.devices.client-certificate", "need",
                "thingport.mqtt.listener.chips.port", "8884", "thingport.mqtt.listener.chips.host", "127.0.0.1",
                "thingport.mqtt.listener.chips.transport", "psk",
                "thingport.mqtt.listener.chips.proxies", "10.0.0.0/8, 2001:db8::/32"));

        assertThat(settings.mqtt().listeners()).containsExactly(
                new ListenerSettings("devices", "0.0.0.0", 8883, Transport.TLS, ClientCertificate.NEED, false, List.of()),
                new ListenerSettings("chips", "127.0.0.1", 8884, Transport.PSK, ClientCertificate.NONE, false,
                        List.of(Network.parse("10.0.0.0/8").get(), Network.parse("2001:db8::/32").get())));
    }

    @Test
    void aNamedListenerNeedsAPort() {
        assertThatThrownBy(() -> read(Map.of("thingport.mqtt.listeners", "devices")))
                .hasMessage("wrong settings (1): thingport.mqtt.listener.devices.port = 0: allowed is a whole number from 1 to 65535");
    }

    @Test
    void aListenerThatNobodyHasNamedIsWrong() {
        assertWrong("thingport.mqtt.listener.devices.port", "8883");
    }

    @Test
    void aCertificateAloneIsWrong() {
        assertThatThrownBy(() -> read(Map.of("thingport.tls.certificate", "server.pem")))
                .hasMessageStartingWith("wrong settings (1): thingport.tls.key");
    }

    @Test
    void aMisspelledKeyIsWrong() {
        assertWrong("thingport.mqtt.prot", "1883");
    }

    @Test
    void keysOfTheServersOwnConfigurationAreKnown() {
        assertThat(read(Map.of("thingport.http.port", "9080", "thingport.database.url", "jdbc:h2:mem:a"))).isNotNull();
    }

    /** Or else the server that comes with the application would refuse to start it. */
    @Test
    void everyVariableOfTheServersConfigurationIsAKnownKey() throws IOException {
        Matcher variables = Pattern.compile("<variable name=\"(thingport\\.[^\"]+)\"")
                .matcher(Files.readString(Path.of("../../liberty-config/server.xml")));
        Map<String, String> values = variables.results()
                .collect(Collectors.toMap(variable -> variable.group(1), variable -> "1"));

        assertThat(values).isNotEmpty();
        assertThat(read(values)).isNotNull();
    }

    @Test
    void keysOfOthersAreNobodysBusinessHere() {
        assertThat(read(Map.of("someone.elses.key", "1"))).isNotNull();
    }

    @Test
    void aVariableOfTheEnvironmentThatIsNoSettingIsNotHeldAgainstTheSettings() {
        Config config = config(Map.of("thingport.service.host", "10.0.0.1", "thingport.mqtt.connect.timeout", "PT5S"));

        assertThat(SettingsReader.read(config, Set.of("THINGPORT_SERVICE_HOST", "THINGPORT_MQTT_CONNECT_TIMEOUT")))
                .isNotNull();
    }

    @Test
    void aVariableOfTheEnvironmentThatIsNoSettingIsNamed() {
        assertThat(SettingsReader.unknownVariables(
                Set.of("THINGPORT_MQTT_PROT", "THINGPORT_MQTT_CONNECT_TIMEOUT", "THINGPORT_HTTP_PORT", "PATH")))
                .containsExactly("THINGPORT_MQTT_PROT");
    }

    @Test
    void theKeepAliveWindowMustNotBeEmpty() {
        assertWrong("thingport.keep-alive.minimum", "PT40M");
    }

    @Test
    void aWrongSecretIsNamedAndNotShown() {
        assertThatThrownBy(() -> read(Map.of("thingport.secrets.key", "QUJD")))
                .hasMessageContaining("thingport.secrets.key")
                .message().doesNotContain("QUJD");
    }

    @Test
    void theSettingsPrintNoSecret() {
        Settings settings = read(Map.of("thingport.secrets.key", KEY));

        assertThat(settings.masterKey().value()).contains(Secret.of(KEY));
        assertThat(settings.toString()).doesNotContain(KEY);
    }

    /** The table is what an administrator reads; it must not tell of other keys or defaults than there are. */
    @Test
    void theDocumentationHasEachKeyWithItsDefault() throws IOException {
        Values values = new Values(key -> Optional.empty());
        SettingsReader.settings(values);
        Map<String, String> expected = values.known().entrySet().stream()
                .collect(Collectors.toMap(e -> "thingport." + e.getKey(), Map.Entry::getValue));
        Map<String, String> documented = documented();
        SettingsReader.SERVER_KEYS.forEach(key ->
                assertThat(documented.remove("thingport." + key)).as(key).isNotNull());

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Map<String, String> documented() throws IOException {
        Pattern row = Pattern.compile("\\| `(thingport\\.[^`]+)` \\|[^|]*\\|([^|]*)\\|.*");
        Map<String, String> defaults = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(Path.of("../docs/configuration.md"))) {
            lines.map(row::matcher).filter(Matcher::matches)
                    .forEach(m -> defaults.put(m.group(1), m.group(2).replace("`", "").strip().replace("–", "")));
        }
        return defaults;
    }

    private static void assertWrong(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("wrong settings (1): " + key);
    }

    private static Settings read(Map<String, String> values) {
        return SettingsReader.read(config(values), Set.of());
    }

    private static Config config(Map<String, String> values) {
        return new Config() {
            @Override
            public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
                return Optional.ofNullable(values.get(name)).map(type::cast);
            }

            @Override
            public Iterable<String> getPropertyNames() {
                return values.keySet();
            }

            @Override
            public <T> T getValue(String name, Class<T> type) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ConfigValue getConfigValue(String name) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Iterable<ConfigSource> getConfigSources() {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> Optional<Converter<T>> getConverter(Class<T> type) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> T unwrap(Class<T> type) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
