package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.accesskey.Scope;
import io.thingport.web.security.Needs;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeedsEverywhereTest {

    private static List<Method> resourceMethods(Class<?>... resources) {
        return Stream.of(resources).flatMap(r -> Arrays.stream(r.getDeclaredMethods()))
                .filter(m -> Arrays.stream(m.getAnnotations())
                        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)))
                .toList();
    }

    @Test
    void managementNeedsTheScopeManage() {
        assertThat(resourceMethods(ProductsResource.class, TopicClassesResource.class, DevicesResource.class,
                AccessKeysResource.class))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.getAnnotation(Needs.class).value()).isEqualTo(Scope.MANAGE));
    }

    @Test
    void messagesNeedTheScopeMessage() {
        assertThat(resourceMethods(MessagesResource.class))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.getAnnotation(Needs.class).value()).isEqualTo(Scope.MESSAGE));
    }

    @Test
    void eventsNeedTheScopeConsume() {
        assertThat(resourceMethods(ProductEventsResource.class, DeviceEventsResource.class, TokensResource.class))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.getAnnotation(Needs.class).value()).isEqualTo(Scope.CONSUME));
    }
}
