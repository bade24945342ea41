package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.DeviceToken;
import io.thingport.platform.registry.DirectoryChanges;
import io.thingport.platform.registry.RegistrationResult;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationStore;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A product that permits every registration, unless a test says otherwise. */
final class TestRegistrations implements RegistrationStore {

    static final Secret PRODUCT_SECRET = Secret.of("PsEcReT0123456789");
    static final String NEW_SECRET = "00112233445566778899aabbccddeeff";
    static final String TOKEN = "ffeeddccbbaa99887766554433221100";

    Optional<Refused> refusal = Optional.empty();
    boolean away;
    final List<String> activated = new ArrayList<>();

    private final TestServer server;
    private final Map<DeviceKey, List<DeviceToken>> tokens = new HashMap<>();

    TestRegistrations(TestServer server) {
        this.server = server;
    }

    List<DeviceToken> tokens(DeviceKey key) {
        return tokens.getOrDefault(key, List.of());
    }

    @Override
    public RegistrationResult giveSecret(DeviceKey key, Predicate<Secret> signed) {
        return answer(signed, new RegistrationResult.WithSecret(key, Secret.of(NEW_SECRET)));
    }

    @Override
    public RegistrationResult giveToken(DeviceKey key, Predicate<Secret> signed) {
        RegistrationResult result = answer(signed, new RegistrationResult.WithToken(key, "client1", Secret.of(TOKEN)));
        if (result instanceof RegistrationResult.WithToken) {
            server.register(key);
            set(key, false);
        }
        return result;
    }

    @Override
    public void activate(DeviceKey key, String clientId) {
        check();
        activated.add(clientId);
        set(key, true);
    }

    private RegistrationResult answer(Predicate<Secret> signed, RegistrationResult result) {
        check();
        return signed.test(PRODUCT_SECRET) ? refusal.<RegistrationResult>map(r -> r).orElse(result) : Refused.UNPROVEN;
    }

    private void check() {
        if (away) {
            throw new IllegalStateException("the database is away");
        }
    }

    private void set(DeviceKey key, boolean used) {
        String hash = DeviceToken.hash(TOKEN.getBytes(StandardCharsets.US_ASCII));
        tokens.put(key, List.of(new DeviceToken("client1", hash, used)));
        DirectoryChanges.deviceChanged(server.directory, key);
    }
}
