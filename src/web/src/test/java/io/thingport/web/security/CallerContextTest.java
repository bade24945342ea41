package io.thingport.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerContextTest {

    @Test
    void aScopeIsNoOtherScope() {
        CallerContext context = new CallerContext(new Caller("id", Set.of(Scope.MESSAGE)), false);
        assertThat(context.isUserInRole("message")).isTrue();
        assertThat(context.isUserInRole("manage")).isFalse();
    }
}
