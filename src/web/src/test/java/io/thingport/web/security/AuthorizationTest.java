package io.thingport.web.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.web.problem.ProblemCode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizationTest {

    private final Caller confined = new Caller("TP", Set.of(Scope.MANAGE), Set.of("mine"), OptionalInt.empty());

    @Test
    void aConfinedKeyMayCallForItsProduct() {
        assertThatCode(() -> check(confined, Scope.MANAGE, false, Optional.of("mine"))).doesNotThrowAnyException();
    }

    @Test
    void aConfinedKeyMayNotCallForAnother() {
        assertRefused(confined, Scope.MANAGE, false, Optional.of("yours"), ProblemCode.PRODUCT_NOT_GRANTED);
    }

    @Test
    void aConfinedKeyMayNotCallWhatBelongsToNoProduct() {
        assertRefused(confined, Scope.MANAGE, true, Optional.empty(), ProblemCode.PRODUCT_NOT_GRANTED);
    }

    @Test
    void aMissingScopeIsNamedBeforeTheProduct() {
        assertRefused(confined, Scope.MESSAGE, false, Optional.of("yours"), ProblemCode.SCOPE_MISSING);
    }

    @Test
    void whoManagesMayRead() {
        assertThatCode(() -> check(confined, Scope.READ, false, Optional.of("mine"))).doesNotThrowAnyException();
    }

    @Test
    void whoReadsMayNotManage() {
        assertRefused(new Caller("TP", Set.of(Scope.READ)), Scope.MANAGE, false, Optional.of("mine"),
                ProblemCode.SCOPE_MISSING);
    }

    private static void check(Caller caller, Scope scope, boolean everywhere, Optional<String> productKey) {
        Authorization.check(caller, scope, everywhere, productKey);
    }

    private static void assertRefused(Caller caller, Scope scope, boolean everywhere, Optional<String> productKey,
            ProblemCode code) {
        assertThatThrownBy(() -> check(caller, scope, everywhere, productKey)).extracting("code").isEqualTo(code);
    }
}
