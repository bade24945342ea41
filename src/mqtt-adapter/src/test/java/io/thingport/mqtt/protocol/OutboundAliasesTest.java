package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.TopicName;
import org.junit.jupiter.api.Test;

class OutboundAliasesTest {

    private final OutboundAliases aliases = new OutboundAliases(3);

    @Test
    void theFirstMessageOfATopicHasNoAlias() {
        assertThat(send("/topic/1")).isEqualTo("/topic/1");
    }

    @Test
    void theSecondGivesOneThatTheThirdUses() {
        send("/topic/1");

        assertThat(send("/topic/1")).isEqualTo("/topic/1=1");
        assertThat(send("/topic/1")).isEqualTo("1");
        assertThat(send("/topic/1")).isEqualTo("1");
    }

    @Test
    void aliasesRiseFromOne() {
        for (int i = 1; i <= 3; i++) {
            send("/topic/" + i);
            assertThat(send("/topic/" + i)).isEqualTo("/topic/" + i + "=" + i);
        }
    }

    @Test
    void aFullTableStaysAsItIs() {
        aliasesRiseFromOne();

        send("/topic/4");
        assertThat(send("/topic/4")).isEqualTo("/topic/4");
        assertThat(send("/topic/1")).isEqualTo("1");
    }

    @Test
    void topicsThatDoNotComeAgainTakeNone() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(send("/request/" + i)).isEqualTo("/request/" + i);
        }
        send("/topic/1");
        assertThat(send("/topic/1")).isEqualTo("/topic/1=1");
    }

    @Test
    void aTopicThatComesAgainAfterManyOthersIsNew() {
        send("/topic/1");
        for (int i = 0; i < 8; i++) {
            send("/request/" + i);
        }

        assertThat(send("/topic/1")).isEqualTo("/topic/1");
    }

    @Test
    void aShortTopicIsCheaperThanAnAlias() {
        send("/seven7");

        assertThat(send("/seven7")).isEqualTo("/seven7");
    }

    /** What a message of this topic is sent with: its topic, its topic and a new alias, or an alias. */
    private String send(String text) {
        TopicName topic = TopicName.of(text);
        if (aliases.known(topic) != 0) {
            return Integer.toString(aliases.known(topic));
        }
        int due = aliases.due(topic);
        if (due != 0) {
            aliases.given(topic);
            return text + "=" + due;
        }
        aliases.sentWithout(topic);
        return text;
    }
}
