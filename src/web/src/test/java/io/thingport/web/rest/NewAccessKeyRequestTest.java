package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Scope;
import io.thingport.web.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewAccessKeyRequestTest {

    @Test
    void scopesAreWrittenInLowerCase() {
        assertThat(request("message", "manage", "consume", "message").toKey().scopes())
                .containsExactlyInAnyOrder(Scope.MANAGE, Scope.MESSAGE, Scope.CONSUME);
    }

    @Test
    void aScopeThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> request("manage", "MESSAGE").toKey())
                .isInstanceOf(ProblemException.class).hasMessageContaining("scopes[1]");
    }

    @Test
    void aKeyWithoutAScopeIsRefused() {
        assertThatThrownBy(() -> request().toKey())
                .isInstanceOf(ProblemException.class).hasMessageContaining("scopes");
    }

    private static NewAccessKeyRequest request(String... scopes) {
        return new NewAccessKeyRequest(List.of(scopes), List.of(), Optional.empty(), Optional.empty());
    }
}
