package io.thingport.upstream;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.config.Settings;
import io.thingport.platform.config.SettingsException;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ConsumerEvents;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.UpstreamException;
import io.thingport.upstream.amqp.ConsumerDoor;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * Starts the engine with the application, on a thread of its own so that nothing waits for it, and stops it with the
 * application.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class UpstreamStart {

    @Resource
    private ManagedThreadFactory threads;
    @Inject
    private Instance<Settings> settings;
    @Inject
    private Engine engine;
    @Inject
    private Instance<KnownKeys> knownKeys;
    @Inject
    private ConsumerEvents consumerEvents;
    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;

    private Optional<EngineKeeper> keeper = Optional.empty();

    @PostConstruct
    void start() {
        Settings checked;
        try {
            checked = settings.get();
        } catch (SettingsException e) {
            return; // the platform's start says what is wrong
        }
        keeper = Optional.of(new EngineKeeper(threads, engine, () -> engine(checked)));
        keeper.get().start();
    }

    @PreDestroy
    void stop() {
        keeper.ifPresent(EngineKeeper::stop);
    }

    private RunningEngine engine(Settings settings) throws UpstreamException {
        Optional<Settings.ExternalEngine> external = settings.upstream().external();
        return external.isPresent() ? external(external.get(), settings.upstream()) : embedded(settings);
    }

    private static RunningEngine external(Settings.ExternalEngine settings, Settings.Upstream bounds)
            throws UpstreamException {
        ExternalBroker broker = ExternalBroker.connect(settings);
        return new RunningEngine(new ExternalSink(broker, bounds, Clock.systemUTC()), new ExternalQueues(broker),
                broker::running, broker::close);
    }

    private static boolean isSigned(SignMethod method, String content, String signature, Secret secret) {
        byte[] mac = method.mac(secret.utf8(), content.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(Base64.getEncoder().encode(mac), signature.getBytes(StandardCharsets.UTF_8));
    }

    private RunningEngine embedded(Settings settings) throws UpstreamException {
        KnownKeys keys = knownKeys.get();
        ConsumerDoor door = new ConsumerDoor((id, method, content, signature) ->
                keys.authenticate(id, secret -> isSigned(method, content, signature, secret)), executor, consumerEvents);
        EmbeddedBroker broker = new EmbeddedBroker(settings.dataDirectory().resolve("upstream"), settings.amqp(),
                door.security(), door.protocols(), door.ports());
        broker.start();
        EmbeddedSink sink = new EmbeddedSink(broker, settings.upstream(), Clock.systemUTC());
        return new RunningEngine(sink, new EmbeddedQueues(broker, sink), broker::running, broker::stop);
    }
}
