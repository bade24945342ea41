package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.config.Settings;
import io.thingport.platform.secrets.Secret;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryRulesTest {

    private static final Settings.Topics LIMITS = new Settings.Topics(128, 7);
    private static final String PRODUCT = "a1AbCdEfGhI";

    @ParameterizedTest
    @ValueSource(strings = { "lamp", "Lamp_2000", "灯具", "ランプ", "램프", "a234567890b234567890c234567890" })
    void theseAreProductNames(String name) {
        assertThat(RegistryRules.productName(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "lam", "灯", "la mp", "lamp-1", "lamp!", "a234567890b234567890c234567890d",
            "灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯", "lamp\0" })
    void theseAreNoProductNames(String name) {
        refused(RegistryProblem.INVALID_PRODUCT_NAME, () -> RegistryRules.productName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "sys", "ext", "ota", "shadow", "broadcast", "as" })
    void aProductCannotBeNamedLikeTheTopicsOfThePlatform(String key) {
        refused(RegistryProblem.INVALID_PRODUCT_KEY, () -> RegistryRules.productKey(key));
    }

    @ParameterizedTest
    @ValueSource(strings = { "lamp", "a-_@.:Z9" })
    void theseAreDeviceNames(String name) {
        assertThat(RegistryRules.deviceName(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "lam", "la/mp", "la&mp", "lämp", "a23456789b123456789c123456789d123" })
    void theseAreNoDeviceNames(String name) {
        refused(RegistryProblem.INVALID_DEVICE_NAME, () -> RegistryRules.deviceName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "short", "0123456789abcde!", "0123456789 abcdef" })
    void theseAreNoDeviceSecrets(String secret) {
        refused(RegistryProblem.INVALID_DEVICE_SECRET, () -> RegistryRules.deviceSecret(Secret.of(secret)));
    }

    @Test
    void aRefusedSecretIsNotInTheMessage() {
        assertThatThrownBy(() -> RegistryRules.deviceSecret(Secret.of("hush!"))).message().doesNotContain("hush");
    }

    @Test
    void aDescriptionHasUpToAHundredCharacters() {
        assertThat(RegistryRules.description(Optional.of("😀".repeat(100)))).isPresent();
        refused(RegistryProblem.INVALID_DESCRIPTION, () -> RegistryRules.description(Optional.of("x".repeat(101))));
    }

    @Test
    void anEmptyDescriptionIsNone() {
        assertThat(RegistryRules.description(Optional.of(""))).isEmpty();
    }

    @Test
    void aSuffixIsKeptBelowUser() {
        assertThat(suffix("submit", Operation.PUB)).isEqualTo("user/submit");
        assertThat(suffix("user/submit", Operation.PUB)).isEqualTo("user/submit");
    }

    /** Products from the time before there was such a level have update, update/error, get and data. */
    @ParameterizedTest
    @ValueSource(strings = { "update", "update/error", "get", "data" })
    void aSuffixWithASlashInFrontIsKeptAsItIs(String suffix) {
        assertThat(suffix("/" + suffix, Operation.ALL)).isEqualTo(suffix);
    }

    @Test
    void aSuffixIsWrittenAsItWouldBeGiven() {
        for (String given : new String[] {"user/state", "/update/error"}) {
            assertThat(new TopicClass(1, suffix(given, Operation.PUB), Operation.PUB, Optional.empty()).writtenSuffix())
                    .isEqualTo(given);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "+", "#", "a/+", "+/b/#", "a/#" })
    void wildcardsAreForSubscribing(String suffix) {
        assertThat(suffix(suffix, Operation.SUB)).isEqualTo("user/" + suffix);
        refused(RegistryProblem.INVALID_TOPIC_CLASS, () -> suffix(suffix, Operation.PUB));
        refused(RegistryProblem.INVALID_TOPIC_CLASS, () -> suffix(suffix, Operation.ALL));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "//a", "/a/", "/a-b", "a/", "a//b", "user/", "#/a", "a+", "a#", "a-b", "a.b", "灯", "${deviceName}" })
    void theseAreNoSuffixes(String suffix) {
        refused(RegistryProblem.INVALID_TOPIC_CLASS, () -> suffix(suffix, Operation.SUB));
    }

    @Test
    void theWholeTopicHasUpToSevenSlashes() {
        assertThat(suffix("a/b/c/d", Operation.PUB)).isEqualTo("user/a/b/c/d");
        refused(RegistryProblem.INVALID_TOPIC_CLASS, () -> suffix("a/b/c/d/e", Operation.PUB));
    }

    @Test
    void theWholeTopicHasUpTo128BytesWithTheLongestDeviceName() {
        String longest = "x".repeat(128 - ("/" + PRODUCT + "/" + "d".repeat(32) + "/user/").length());

        assertThat(suffix(longest, Operation.PUB)).endsWith(longest);
        refused(RegistryProblem.INVALID_TOPIC_CLASS, () -> suffix(longest + "x", Operation.PUB));
    }

    private static String suffix(String suffix, Operation operation) {
        return RegistryRules.suffix(PRODUCT, suffix, operation, LIMITS);
    }

    private static void refused(RegistryProblem problem, Supplier<?> check) {
        assertThatThrownBy(check::get).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
