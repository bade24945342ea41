package io.thingport.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void everyIdIsGivenOnce() {
        MessageIds ids = new MessageIds(new Random(1));
        assertThat(ids.next()).isNotEqualTo(ids.next());
    }

    @Test
    void idsHave19Digits() {
        assertThat(Long.toString(new MessageIds(new Random(1)).next())).matches("[1-9][0-9]{18}");
    }

    @Test
    void twoServersBeginSomewhereElse() {
        assertThat(new MessageIds(new Random(1)).next()).isNotEqualTo(new MessageIds(new Random(2)).next());
    }
}
