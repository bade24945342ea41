package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LaterAnswersTest {

    private final LaterAnswers answers = new LaterAnswers(Runnable::run);

    @Test
    void whatFindsNoPlaceIsRefusedBeforeItBegins() {
        for (int i = 0; i < LaterAnswers.WAITING_MAXIMUM; i++) {
            answers.takePlace();
        }
        assertThatThrownBy(answers::takePlace).isInstanceOf(GatewayException.class).hasMessageContaining("nothing was done");

        answers.leavePlace();

        assertThatCode(answers::takePlace).doesNotThrowAnyException();
    }
}
