package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.thingport.web.json.RecordReader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document shows requests that the server takes. */
class ExamplesTest {

    private static final List<Class<?>> RESOURCES = resources();

    @Test
    void eachRequestWithABodyHasAnExample() {
        assertThat(ProblemResponses.examples().keySet()).containsExactlyInAnyOrderElementsOf(bodies().keySet());
    }

    @Test
    void eachExampleCanBeRead() {
        bodies().forEach((request, type) -> assertThatCode(() -> RecordReader.read(type, new ByteArrayInputStream(
                ProblemResponses.examples().getJsonObject(request).toString().getBytes(StandardCharsets.UTF_8))))
                .as(request).doesNotThrowAnyException());
    }

    @Test
    void whoseProblemsAreNamedIsAnOperation() {
        assertThat(RESOURCES.stream().flatMap(resource -> Stream.of(resource.getDeclaredMethods())
                .filter(method -> verb(method).isPresent()).map(method -> name(resource, method))))
                .containsAll(ProblemResponses.OWN.keySet());
    }

    private static List<Class<?>> resources() {
        String own = RestApplication.class.getPackageName();
        try (Stream<java.nio.file.Path> files = Files.list(java.nio.file.Path.of(
                RestApplication.class.getResource("RestApplication.class").toURI()).getParent())) {
            List<Class<?>> found = new ArrayList<>();
            for (String file : files.map(path -> path.getFileName().toString()).filter(f -> f.endsWith(".class")).toList()) {
                Class<?> type = Class.forName(own + "." + file.substring(0, file.length() - ".class".length()));
                if (type.isAnnotationPresent(Path.class)) {
                    found.add(type);
                }
            }
            return found;
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException("the classes of the API cannot be listed", e);
        }
    }

    private static Map<String, Class<? extends Record>> bodies() {
        Map<String, Class<? extends Record>> bodies = new TreeMap<>();
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                body(method).ifPresent(type -> bodies.put(name(resource, method), type));
            }
        }
        return bodies;
    }

    private static Optional<Class<? extends Record>> body(Method method) {
        return verb(method).isEmpty() ? Optional.empty()
                : Stream.of(method.getParameterTypes()).filter(Class::isRecord).findAny().map(t -> t.asSubclass(Record.class));
    }

    private static String name(Class<?> resource, Method method) {
        Path own = method.getAnnotation(Path.class);
        return verb(method).orElseThrow() + " /" + resource.getAnnotation(Path.class).value()
                + (own == null ? "" : "/" + own.value());
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations()).map(a -> a.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null).map(HttpMethod::value).findAny();
    }
}
