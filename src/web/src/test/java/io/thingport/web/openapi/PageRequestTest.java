package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageRequestTest {

    @Test
    void aPageThatMayBeAbsentIsTheFirstOne() {
        assertThat(PageRequest.optional(invocation(Map.of()), 50)).isEqualTo(new PageRequest(1, 10));
        assertThat(PageRequest.optional(invocation(Map.of("CurrentPage", "3", "PageSize", "50")), 50))
                .isEqualTo(new PageRequest(3, 50));
    }

    @Test
    void aPageOutOfBoundsIsRefused() {
        refused(() -> PageRequest.optional(invocation(Map.of("PageSize", "51")), 50));
        refused(() -> PageRequest.optional(invocation(Map.of("CurrentPage", "0")), 50));
        refused(() -> PageRequest.optional(invocation(Map.of("CurrentPage", "one")), 50));
        refused(() -> PageRequest.required(invocation(Map.of("CurrentPage", "1")), 200));
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(IotException.class,
                e -> assertThat(e.error()).isEqualTo(IotError.INVALID_PAGE_PARAMS));
    }

    private static Invocation invocation(Map<String, String> parameters) {
        return new Invocation(Operation.of("QueryDevice", Scope.MANAGE, in -> Answer.fields()),
                new Caller("key", Set.of(Scope.MANAGE)), parameters);
    }
}
