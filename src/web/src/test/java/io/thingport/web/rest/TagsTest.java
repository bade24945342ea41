package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagsTest {

    private record Answer(String text) {
    }

    private static final String TAG = Tags.of(new Answer("a"));

    @Test
    void theSameAnswerHasTheSameTagAndAnotherOneAnother() {
        assertThat(Tags.of(new Answer("a"))).isEqualTo(TAG).startsWith("\"").endsWith("\"");
        assertThat(Tags.of(new Answer("b"))).isNotEqualTo(TAG);
    }

    @Test
    void aHeaderNamesTagsOrAll() {
        assertThat(Tags.among("*", TAG)).isTrue();
        assertThat(Tags.among("\"x\", " + TAG, TAG)).isTrue();
        assertThat(Tags.among("\"x\"", TAG)).isFalse();
        assertThat(Tags.among("", TAG)).isFalse();
    }

    @Test
    void aWeakTagMatchesNoChange() {
        assertThat(Tags.among("W/" + TAG, TAG)).isFalse();
    }
}
