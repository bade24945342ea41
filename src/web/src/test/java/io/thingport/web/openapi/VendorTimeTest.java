package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VendorTimeTest {

    private static final Instant TIME = Instant.parse("2019-02-20T02:16:09Z");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @Test
    void timesAreWrittenAsTheVendorDoes() {
        assertThat(VendorTime.gmt(TIME)).isEqualTo("Wed, 20-Feb-2019 02:16:09 GMT");
        assertThat(VendorTime.utc(TIME)).isEqualTo("2019-02-20T02:16:09.000Z");
        assertThat(VendorTime.local(Optional.of(TIME), SHANGHAI)).isEqualTo("2019-02-20 10:16:09");
    }

    @Test
    void aTimeThatHasNotComeIsEmpty() {
        assertThat(VendorTime.utc(Optional.empty())).isEmpty();
        assertThat(VendorTime.local(Optional.empty(), SHANGHAI)).isEmpty();
    }
}
