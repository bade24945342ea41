package io.thingport.platform.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.secrets.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private final TestClock clock = new TestClock();
    private final List<KnownKey> database = new ArrayList<>(List.of(key("TP1", "secret", true, 0)));
    private boolean away;
    private int loads;
    private final KnownKeys keys = new KnownKeys(this::load, clock);

    @Test
    void manyCallsLoadOnce() {
        authenticate("TP1", "secret");
        authenticate("TP1", "wrong");
        keys.find("TP2");

        assertThat(loads).isEqualTo(1);
    }

    @Test
    void knownKeysStayValidWhileTheDatabaseIsAway() {
        keys.load();
        away = true;

        assertThat(authenticate("TP1", "secret")).isPresent();
    }

    @Test
    void nobodyKnowsBeforeTheDatabaseIsThere() {
        away = true;
        assertThatThrownBy(() -> authenticate("TP1", "secret")).isInstanceOf(IllegalStateException.class);

        away = false;
        assertThat(authenticate("TP1", "secret")).isPresent();
    }

    @Test
    void aWrongProofAndAnUnknownIdAreAskedForAsManySecrets() {
        List<Secret> forKnown = new ArrayList<>();
        List<Secret> forUnknown = new ArrayList<>();
        keys.authenticate("TP1", secret -> !forKnown.add(secret));
        keys.authenticate("TPunknown", secret -> !forUnknown.add(secret));

        assertThat(forKnown).hasSameSizeAs(forUnknown);
    }

    @Test
    void aProofThatHoldsForAnySecretLetsNobodyInWithoutAKey() {
        assertThat(keys.authenticate("TPunknown", secret -> true)).isEmpty();
    }

    @Test
    void anOlderChangeToldLaterDoesNotCount() {
        keys.put(key("TP1", "newest", true, 2));
        keys.put(key("TP1", "newer", true, 1));

        assertThat(authenticate("TP1", "newest")).isPresent();
    }

    @Test
    void aDeletedKeyDoesNotComeBack() {
        keys.load();
        keys.remove("TP1");
        keys.put(key("TP1", "secret", true, 1));

        assertThat(authenticate("TP1", "secret")).isEmpty();
    }

    @Test
    void aKeyThatIsDeletedWhileAllAreLoadedDoesNotComeBack() {
        keys.remove("TP1");

        assertThat(authenticate("TP1", "secret")).isEmpty();
    }

    @Test
    void aDisabledKeyIsNotFound() {
        keys.put(key("TP1", "secret", false, 1));

        assertThat(keys.find("TP1")).isEmpty();
    }

    @Test
    void aUseIsKnownToTheMinute() {
        authenticate("TP1", "wrong");
        assertThat(keys.lastUsed("TP1")).isEmpty();

        Instant first = clock.instant();
        authenticate("TP1", "secret");
        clock.pass(Duration.ofSeconds(59));
        authenticate("TP1", "secret");
        assertThat(keys.lastUsed("TP1")).contains(first);

        clock.pass(Duration.ofSeconds(1));
        authenticate("TP1", "secret");
        assertThat(keys.lastUsed("TP1")).contains(clock.instant());
    }

    @Test
    void aUseIsToBeWrittenOnce() {
        authenticate("TP1", "secret");
        assertThat(keys.unnotedUses()).containsOnlyKeys("TP1");

        keys.noted(keys.unnotedUses());
        assertThat(keys.unnotedUses()).isEmpty();
    }

    private Optional<Caller> authenticate(String id, String candidate) {
        return keys.authenticate(id, secret -> secret.matches(candidate));
    }

    private List<KnownKey> load() {
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        loads++;
        return database;
    }

    private static KnownKey key(String id, String secret, boolean enabled, int version) {
        return new KnownKey(new Caller(id, Set.of(Scope.MESSAGE)), enabled, Secret.of(secret), Optional.empty(), version);
    }
}
