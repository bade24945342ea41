package io.thingport.it.openapi;

import io.thingport.it.ThingportServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The vendor's SDKs for Java, unmodified. They are loaded apart from everything else, since they bring old libraries, and
 * take and give types of the JDK.
 */
enum Sdk {
    /** {@code aliyun-java-sdk-iot}, signature V1. */
    CORE("CoreSdk"),
    /** {@code iot20180120}, signature ACS3. */
    TEA("TeaSdk");

    private final String type;

    Sdk(String type) {
        this.type = type;
    }

    /** The SDK with an access key, {@code id:secret}. */
    SdkClient client(ThingportServer server, String accessKey) {
        return client(server, accessKey, new HashSet<>());
    }

    /** The SDK with an access key; names of operations that succeed are added to the set. */
    SdkClient client(ThingportServer server, String accessKey, Set<String> succeeded) {
        String[] key = accessKey.split(":");
        return new SdkClient(Loaded.CLASSES, load("127.0.0.1:" + server.httpPort(), key[0], key[1]), succeeded);
    }

    @SuppressWarnings("unchecked") // the type of its class
    private BiFunction<String, Map<String, Object>, Map<String, Object>> load(Object... arguments) {
        try {
            return (BiFunction<String, Map<String, Object>, Map<String, Object>>) Loaded.CLASSES
                    .loadClass("io.thingport.vendorsdks." + type)
                    .getConstructor(String.class, String.class, String.class).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The classes, for as long as tests run. */
    private static final class Loaded {

        static final ClassLoader CLASSES = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());

        private static URL[] urls() {
            Path target = Path.of(System.getProperty("thingport.it.vendor-sdks"));
            List<Path> path = new ArrayList<>(List.of(target.resolve("classes")));
            try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
                libraries.forEach(path::add);
            } catch (IOException e) {
                throw new UncheckedIOException("the vendor's SDKs are not built", e);
            }
            return path.stream().map(Loaded::url).toArray(URL[]::new);
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
