package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.accesskey.Scope;
import io.thingport.web.security.Needs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeedsEverywhereTest {

    /** Reads that show secrets. */
    private static final Set<String> SECRETS = Set.of("secret");

    private static List<Method> resourceMethods(Class<?>... resources) {
        return Stream.of(resources).flatMap(r -> Arrays.stream(r.getDeclaredMethods()))
                .filter(m -> Arrays.stream(m.getAnnotations())
                        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)))
                .toList();
    }

    private static List<Method> management() {
        return resourceMethods(ProductsResource.class, TopicClassesResource.class, DevicesResource.class,
                DeviceTokensResource.class, CertificatesResource.class, SubscriptionResource.class,
                ConsumerGroupsResource.class, LogLevelResource.class, TraceResource.class);
    }

    private static Scope scope(Method method) {
        return method.getAnnotation(Needs.class).value();
    }

    private static boolean looks(Method method) {
        return method.isAnnotationPresent(GET.class) && !SECRETS.contains(method.getName());
    }

    @Test
    void lookingNeedsTheScopeRead() {
        assertThat(management()).filteredOn(NeedsEverywhereTest::looks).isNotEmpty()
                .allSatisfy(m -> assertThat(scope(m)).isEqualTo(Scope.READ));
    }

    @Test
    void changesAndSecretsNeedTheScopeManage() {
        assertThat(management()).filteredOn(m -> !looks(m)).isNotEmpty()
                .allSatisfy(m -> assertThat(scope(m)).isEqualTo(Scope.MANAGE));
    }

    @Test
    void administrationNeedsTheScopeAdminister() {
        assertThat(resourceMethods(AccessKeysResource.class, MasterKeyResource.class, ImportsResource.class,
                ExportsResource.class)).isNotEmpty().allSatisfy(m -> assertThat(scope(m)).isEqualTo(Scope.ADMINISTER));
    }

    @Test
    void messagesNeedTheScopeMessage() {
        assertThat(resourceMethods(MessagesResource.class, BroadcastsResource.class))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(scope(m)).isEqualTo(Scope.MESSAGE));
    }

    @Test
    void eventsNeedTheScopeConsume() {
        assertThat(resourceMethods(ProductEventsResource.class, DeviceEventsResource.class, TokensResource.class))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(scope(m)).isEqualTo(Scope.CONSUME));
    }

    @Test
    void whatChangesNoProductIsForKeysThatAreNotConfined() {
        assertThat(management()).filteredOn(m -> !looks(m))
                .filteredOn(m -> !m.getDeclaringClass().getAnnotation(Path.class).value().contains("{productKey}")
                        && !(m.isAnnotationPresent(Path.class) && m.getAnnotation(Path.class).value().contains("{productKey}")))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.getAnnotation(Needs.class).everywhere()).isTrue());
    }
}
