package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TicketKeysTest {

    private final AtomicLong now = new AtomicLong();
    private final TicketKeys keys = new TicketKeys(new SecureRandom(), now::get);

    @Test
    void aKeyStaysWhileItIsYoung() {
        OpenSslSessionTicketKey newest = keys.keys()[0];
        now.set(TicketKeys.LIFE_NANOS - 1);

        assertThat(keys.renew()).isFalse();
        assertThat(keys.keys()[0]).isSameAs(newest);
    }

    @Test
    void theKeyBeforeIsStillTaken() {
        OpenSslSessionTicketKey newest = keys.keys()[0];
        now.set(TicketKeys.LIFE_NANOS);

        assertThat(keys.renew()).isTrue();
        assertThat(keys.keys()[0]).isNotSameAs(newest);
        assertThat(keys.keys()[1]).isSameAs(newest);
        assertThat(keys.renew()).isFalse();
    }
}
