package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "2001:db8::1, 2001:db8::2:1:1", "::ffff:192.0.2.7, 192.0.2.7"})
    void oneAddressOfV4AndOneNetworkOfV6AreOne(String one, String other) {
        assertThat(of(one)).isEqualTo(of(other));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.8", "2001:db8::1, 2001:db8:0:1::1", "::, 0.0.0.0"})
    void othersAreOthers(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    @Test
    void thoseWhoseAddressIsNotKnownAreOne() {
        assertThat(Origin.of(InetSocketAddress.createUnresolved("a", 1)))
                .isEqualTo(Origin.of(InetSocketAddress.createUnresolved("b", 2)));
    }

    private static Origin of(String address) {
        return Origin.of(new InetSocketAddress(address, 1883));
    }
}
