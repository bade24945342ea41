package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device behind a proxy that speaks the PROXY protocol. */
@Tag("once")
@ExtendWith(SharedServer.class)
class ProxyIT {

    @Test
    void theAddressIsTheOneThatTheProxyTells(Rest rest) throws Exception {
        Device device = new Fleet(rest).device();
        try (RawConnection raw = new RawConnection(Listeners.PROXIED)) {
            raw.send("PROXY TCP4 203.0.113.7 192.0.2.1 4711 1883\r\n".getBytes(StandardCharsets.US_ASCII));
            raw.send(RawConnection.connect(4, device.login()));
            assertThat(raw.readPacket()).isEqualTo("20 02 00 00");

            Awaitility.await().atMost(Deadline.ANSWER).untilAsserted(() ->
                    assertThat(rest.get(device.path()).ok().json().toString()).contains("203.0.113.7"));
        }
    }

    @Test
    void whoTellsNothingIsClosed() throws Exception {
        try (RawConnection raw = new RawConnection(Listeners.PROXIED)) {
            raw.send(new byte[] {0x10});
            assertThat(raw.readToEnd()).isEmpty();
        }
    }
}
