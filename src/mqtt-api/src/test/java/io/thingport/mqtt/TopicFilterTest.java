package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "a/b", "+", "#", "a/+", "+/a", "/+", "+/+/#", "a/#", "$share/g/a", "a b/ü"})
    void legalFiltersHaveNoProblem(String filter) {
        assertThat(new TopicFilter(filter).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/a", "a#", "a/#/b", "a/b#", "##"})
    void hashHasToBeTheWholeLastLevel(String filter) {
        assertThat(new TopicFilter(filter).problem()).contains("'#' is not the whole last level");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+", "+a", "a/b+/c", "++", "a/+b"})
    void plusHasToBeAWholeLevel(String filter) {
        assertThat(new TopicFilter(filter).problem()).contains("'+' is not a whole level");
    }

    @Test
    void anEmptyFilterIsAProblem() {
        assertThat(new TopicFilter("").problem()).contains("empty filter");
    }

    @ParameterizedTest
    @CsvSource({"a/b,a/b", "+,a", "+/b,a/b", "a/+,a/b", "a/+,a/", "/+,/a", "+/+,/a", "#,a", "#,a/b/c", "#,/", "a/#,a",
            "a/#,a/b", "a/#,a/b/c", "a/#,a/", "+/#,a", "a/+/#,a/b", "$SYS/#,$SYS/a", "$SYS/+,$SYS/a", "a/$b,a/$b",
            "+/$b,a/$b"})
    void matches(String filter, String topic) {
        assertThat(new TopicFilter(filter).matches(TopicName.of(topic))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a/b,a/c", "a/b,a", "a,a/b", "a/b,a/b/", "a/,a", "a,A", "+,a/b", "+,/a", "a/+,a", "a/+,a/b/c", "a/#,ab",
            "a/#,b/a", "a/+/#,a", "ab,a", "a,ab"})
    void doesNotMatch(String filter, String topic) {
        assertThat(new TopicFilter(filter).matches(TopicName.of(topic))).isFalse();
    }

    /** [MQTT-4.7.2-1] */
    @ParameterizedTest
    @ValueSource(strings = {"#", "+/a", "+/#", "+/+"})
    void aLeadingWildcardDoesNotMatchATopicThatBeginsWithDollar(String filter) {
        assertThat(new TopicFilter(filter).matches(TopicName.of("$SYS/a"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a,a", "+,a", "+,+", "#,#", "#,a/+/#", "a/#,a", "a/#,a/#", "a/#,a/+", "a/+/c,a/b/c", "a/+/#,a/b/#",
            "a/+/#,a/+", "+/#,#", "$s/#,$s/a"})
    void coversAFilterThatMatchesNothingElse(String filter, String other) {
        assertThat(new TopicFilter(filter).covers(new TopicFilter(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a,b", "a,+", "a,a/b", "a/b,a", "+,#", "+,a/b", "a/+,a/#", "a/+/#,a/#", "a/b,a/+", "ab,a", "#,$s/a",
            "+/a,$s/a", "+,$s", "+/#,$s/#"})
    void doesNotCoverAFilterThatMatchesMore(String filter, String other) {
        assertThat(new TopicFilter(filter).covers(new TopicFilter(other))).isFalse();
    }
}
