package io.thingport.it;

import io.thingport.bench.ServerProcess;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one running server to tests as a parameter, or a {@link Fleet} on it. Starts it when the first test asks
 * and stops it after the last.
 */
public final class SharedServer implements ParameterResolver {

    private static final int HTTPS_PORT = ServerProcess.freePort();

    /** Where HTTPS is spoken, with a certificate that nobody trusts. */
    public static int httpsPort() {
        return HTTPS_PORT;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ThingportServer.class || type == Fleet.class || type == Rest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ThingportServer server = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(
                        ThingportServer.packaged("shared", settings()).start()), Running.class).server();
        Class<?> type = parameter.getParameter().getType();
        return type == ThingportServer.class ? server : type == Rest.class ? server.rest() : new Fleet(server.rest());
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(KeyStoreFile.settings());
        settings.putAll(Listeners.settings());
        settings.putAll(TlsFiles.settings());
        settings.put("thingport.rest.origins", "https://shop.example.com");
        settings.put("thingport.https.port", Integer.toString(HTTPS_PORT));
        settings.put("thingport.https.key-store", settings.get("thingport.amqp.tls.key-store"));
        settings.put("thingport.https.key-store-password", settings.get("thingport.amqp.tls.key-store-password"));
        return settings;
    }

    /** Stops the server when JUnit closes the store of its session: after the last class of this process. */
    private record Running(ThingportServer server) implements AutoCloseable {

        @Override
        public void close() {
            server.stop();
        }
    }
}
