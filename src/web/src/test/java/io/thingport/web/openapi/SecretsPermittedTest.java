package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsPermittedTest {

    @Test
    void secretsAreForThoseWhoMayManage() {
        assertThat(permitted(Set.of(Scope.READ), Set.of())).isFalse();
        assertThat(permitted(Set.of(Scope.MANAGE), Set.of())).isTrue();
        assertThat(permitted(Set.of(Scope.MANAGE), Set.of("a1other"))).isFalse();
    }

    private static boolean permitted(Set<Scope> scopes, Set<String> products) {
        return new Invocation(Operation.of("QueryDevice", Scope.READ, in -> Answer.fields()),
                new Caller("key", scopes, products, OptionalInt.empty()), Map.of()).permitsSecrets("a1lamp");
    }
}
