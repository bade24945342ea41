package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.config.Settings.VendorApiRates;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DocumentedRatesTest {

    private static final Operation ONCE_A_SECOND = Operation.of("CreateProductTopic", Scope.MANAGE, in -> Answer.fields());

    private long now;

    @Test
    void byDefaultThereAreNone() {
        DocumentedRates rates = new DocumentedRates(VendorApiRates.UNLIMITED, () -> now);
        rates.take(ONCE_A_SECOND);
        assertThatCode(() -> rates.take(ONCE_A_SECOND)).doesNotThrowAnyException();
    }

    @Test
    void anOperationIsRefusedUntilItsTimeHasCome() {
        DocumentedRates rates = new DocumentedRates(VendorApiRates.DOCUMENTED, () -> now);
        rates.take(ONCE_A_SECOND);
        assertThatThrownBy(() -> rates.take(ONCE_A_SECOND)).isInstanceOf(GatewayException.class);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThatCode(() -> rates.take(ONCE_A_SECOND)).doesNotThrowAnyException();
    }
}
