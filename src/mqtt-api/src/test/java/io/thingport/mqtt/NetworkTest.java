package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,10.255.3.4", "192.168.4.0/23,192.168.5.255", "192.0.2.7,192.0.2.7", "0.0.0.0/0,8.8.8.8",
            "2001:db8::/32,2001:db8:ffff::1", "::1,::1", "10.0.0.0/8,::ffff:10.1.2.3"})
    void itHoldsTheAddressesOfItsPrefix(String block, String address) throws UnknownHostException {
        assertThat(Network.parse(block).get().contains(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,11.0.0.0", "192.168.4.0/23,192.168.6.0", "192.0.2.7,192.0.2.8", "0.0.0.0/0,::1",
            "2001:db8::/32,2001:db9::"})
    void itHoldsNoOther(String block, String address) throws UnknownHostException {
        assertThat(Network.parse(block).get().contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/x", "::/129", "fe80::1%eth0",
            "10.0.0.0/8/8", "dead.beef"})
    void anythingElseIsNone(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void itIsWrittenWithItsPrefix() {
        assertThat(Network.parse("192.0.2.7").get()).hasToString("192.0.2.7/32").isEqualTo(Network.parse("192.0.2.7/32").get());
    }
}
