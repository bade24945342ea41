package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Scope;
import io.thingport.web.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewAccessKeyRequestTest {

    @Test
    void scopesAreWrittenInLowerCase() {
        assertThat(new NewAccessKeyRequest(List.of("message", "manage", "consume", "message")).toScopes())
                .containsExactlyInAnyOrder(Scope.MANAGE, Scope.MESSAGE, Scope.CONSUME);
    }

    @Test
    void aScopeThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> new NewAccessKeyRequest(List.of("manage", "MESSAGE")).toScopes())
                .isInstanceOf(ProblemException.class).hasMessageContaining("scopes[1]");
    }

    @Test
    void aKeyWithoutAScopeIsRefused() {
        assertThatThrownBy(() -> new NewAccessKeyRequest(List.of()).toScopes())
                .isInstanceOf(ProblemException.class).hasMessageContaining("scopes");
    }
}
