package io.thingport.platform.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Origin;
import io.thingport.platform.access.RegistrationRequest;
import io.thingport.platform.access.RegistrationRequest.Wanted;
import io.thingport.platform.access.SignMethod;
import io.thingport.platform.registry.RegistrationResult;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import io.thingport.platform.registry.RegistrationStore;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.Secret;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

class RegistrarTest {

    private static final Secret PRODUCT_SECRET = Secret.of("PsEcReT0123456789");
    private static final long SECOND = 1_000_000_000L;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<RegistrationResult> results = new ArrayList<>();
    private final List<Boolean> activations = new ArrayList<>();
    private boolean executorFull;
    private boolean away;
    private boolean outrun;
    private long now;
    private final Registrar registrar = new Registrar(new Store(), this::execute, () -> now);

    @Test
    void whatBlocksRunsOnTheExecutor() {
        register(request("lamp_01"), origin(1));
        assertThat(results).isEmpty();

        runTasks();
        assertThat(results).hasSize(1).allMatch(WithSecret.class::isInstance);
        assertThat(registrar.registered()).isEqualTo(1);
    }

    @Test
    void aFailingDatabaseMeansUnavailable() {
        away = true;
        register(request("lamp_01"), origin(1));
        runTasks();

        assertThat(results).containsExactly(Refused.UNAVAILABLE);
        assertThat(registrar.refused(Refused.UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void twoOfOneNameAtTheSameTimeAreNoTroubleOfTheDatabase() {
        List<LogRecord> lines = new ArrayList<>();
        Logger logger = Logger.getLogger(Registrar.class.getName());
        Handler noting = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }
        };
        logger.addHandler(noting);
        try {
            outrun = true;
            register(request("lamp_01"), origin(1));
            runTasks();
        } finally {
            logger.removeHandler(noting);
        }

        assertThat(results).containsExactly(Refused.UNAVAILABLE);
        assertThat(lines).noneMatch(line -> line.getLevel().intValue() >= Level.INFO.intValue());
    }

    @Test
    void aFullExecutorMeansUnavailable() {
        executorFull = true;
        register(request("lamp_01"), origin(1));
        assertThat(results).containsExactly(Refused.UNAVAILABLE);
    }

    @Test
    void oneAddressAsksSoOftenInASecond() {
        for (int i = 0; i <= Registrar.PER_ORIGIN; i++) {
            register(request("lamp_01"), origin(1));
            runTasks();
        }
        assertThat(results.get(Registrar.PER_ORIGIN - 1)).isInstanceOf(WithSecret.class);
        assertThat(results.get(Registrar.PER_ORIGIN)).isEqualTo(Refused.TOO_OFTEN);

        now += SECOND;
        register(request("lamp_01"), origin(1));
        runTasks();
        assertThat(results.get(Registrar.PER_ORIGIN + 1)).isInstanceOf(WithSecret.class);
    }

    @Test
    void oneProductIsAskedForSoOftenInASecond() {
        for (int i = 0; i <= Registrar.PER_PRODUCT; i++) {
            register(request("lamp_01"), origin(i));
            runTasks();
        }
        assertThat(results.get(Registrar.PER_PRODUCT - 1)).isInstanceOf(WithSecret.class);
        assertThat(results.get(Registrar.PER_PRODUCT)).isEqualTo(Refused.TOO_OFTEN);
    }

    @Test
    void whoDoesNotKnowTheSecretUsesNothingOfTheProductsUp() {
        RegistrationRequest guess = new RegistrationRequest(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"), Wanted.SECRET,
                SignMethod.HMAC_SHA256, "1", new byte[0]);
        for (int i = 0; i <= Registrar.PER_PRODUCT; i++) {
            register(guess, origin(i));
            runTasks();
        }
        register(request("lamp_01"), origin(1));
        runTasks();

        assertThat(results.get(results.size() - 1)).isInstanceOf(WithSecret.class);
        assertThat(registrar.refused(Refused.UNPROVEN)).isEqualTo(Registrar.PER_PRODUCT + 1);
    }

    @Test
    void soManyAreUnderWayAtATime() {
        for (int i = 0; i <= Registrar.UNDER_WAY_MAXIMUM; i++) {
            register(request("lamp_01"), origin(i));
        }
        assertThat(results).containsExactly(Refused.TOO_OFTEN);

        runTasks();
        now += SECOND;
        assertThat(registrar.register(request("lamp_01"), origin(1))).isInstanceOf(WithSecret.class);
    }

    @Test
    void aTokensFirstUseIsNotedOnTheExecutor() {
        activate();
        assertThat(activations).isEmpty();

        runTasks();
        assertThat(activations).containsExactly(true);
    }

    @Test
    void aTokensFirstUseIsNotNotedWithoutTheDatabase() {
        away = true;
        activate();
        runTasks();
        executorFull = true;
        activate();

        assertThat(activations).containsExactly(false, false);
    }

    private void register(RegistrationRequest request, Origin from) {
        registrar.register(request, from, results::add);
    }

    private void activate() {
        registrar.activate(new DeviceKey("a1Qx7Lm2Zt9", "lamp_01"), "client1", activations::add);
    }

    private static RegistrationRequest request(String deviceName) {
        DeviceKey device = new DeviceKey("a1Qx7Lm2Zt9", deviceName);
        String signed = "deviceName" + deviceName + "productKey" + device.productKey() + "random1";
        byte[] mac = SignMethod.HMAC_SHA256.mac(PRODUCT_SECRET.utf8(), signed.getBytes(StandardCharsets.UTF_8));
        return new RegistrationRequest(device, Wanted.SECRET, SignMethod.HMAC_SHA256, "1",
                HexFormat.of().formatHex(mac).getBytes(StandardCharsets.US_ASCII));
    }

    private static Origin origin(int i) {
        return Origin.of(new InetSocketAddress("10.1." + i / 256 + "." + i % 256, 4711));
    }

    private void execute(Runnable task) {
        if (executorFull) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private final class Store implements RegistrationStore {
        @Override
        public RegistrationResult giveSecret(DeviceKey key, Predicate<Secret> signed) {
            check();
            return signed.test(PRODUCT_SECRET) ? new WithSecret(key, Secret.of("0011223344556677")) : Refused.UNPROVEN;
        }

        @Override
        public RegistrationResult giveToken(DeviceKey key, Predicate<Secret> signed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void activate(DeviceKey key, String clientId) {
            check();
        }

        private void check() {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            if (outrun) {
                throw new RegistryException(RegistryProblem.DEVICE_EXISTS, "deviceName: another device of the product has it");
            }
        }
    }
}
