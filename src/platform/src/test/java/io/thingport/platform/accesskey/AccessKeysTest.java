package io.thingport.platform.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.registry.FakeEvent;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.MasterKeyRing;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {

    @TempDir
    private Path folder;
    private final SecureRandom random = new SecureRandom();
    private final SecretBox box = new SecretBox(MasterKeyRing.generate(random), random);
    private final List<String> ended = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private final TestDatabase database = TestDatabase.open(Kind.H2);
    private final KnownKeys known = new KnownKeys(() -> call(AccessKeys::known), clock);
    private String id = "";
    private String secret = "";

    @BeforeEach
    void createFirst() throws IOException {
        assertThat(this.<Boolean>call(keys -> keys.createFirst(file()))).isTrue();
        String[] key = Files.readString(file()).strip().split(":");
        id = key[0];
        secret = key[1];
    }

    @Test
    void theFirstKeyHasEveryScope() {
        assertThat(authenticate(id, secret)).contains(new Caller(id, EnumSet.allOf(Scope.class)));
    }

    @Test
    void theFirstKeyIsInAFileOfItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
    }

    @Test
    void aSecondFirstKeyIsNotMade() {
        assertThat(this.<Boolean>call(keys -> keys.createFirst(folder.resolve("second")))).isFalse();
        assertThat(folder.resolve("second")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenLeavesNoKeyBehind() throws IOException {
        database.run(entities -> entities.createQuery("delete from AccessKeyRow").executeUpdate());
        Path notAFolder = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> call(keys -> keys.createFirst(notAFolder.resolve("access-key"))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(this.<Boolean>call(keys -> keys.createFirst(folder.resolve("other")))).isTrue();
    }

    @Test
    void aWrongSecretIsNobodys() {
        assertThat(authenticate(id, secret + "x")).isEmpty();
        assertThat(authenticate(id, "")).isEmpty();
    }

    @Test
    void anUnknownIdIsNobodys() {
        assertThat(authenticate("TPunknown", secret)).isEmpty();
        assertThat(authenticate("\0", secret)).isEmpty();
    }

    @Test
    void aDisabledKeyIsNobodysUntilItIsEnabled() {
        IssuedKey issued = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE)));
        update(issued, AccessKeyUpdate.enabled(false));
        assertThat(authenticate(issued)).isEmpty();

        update(issued, AccessKeyUpdate.enabled(true));
        assertThat(authenticate(issued)).isPresent();
    }

    @Test
    void theSecretIsNotInTheDatabaseAsItIs() {
        String stored = database.call(entities -> entities.createQuery("select k.secret from AccessKeyRow k",
                String.class).getSingleResult());

        assertThat(stored).doesNotContain(secret);
    }

    @Test
    void anIssuedKeyHasItsScopesAndNoOther() {
        IssuedKey issued = call(keys -> keys.issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE))));
        String issuedId = issued.key().accessKeyId();

        assertThat(authenticate(issuedId, issued.secret().reveal()))
                .contains(new Caller(issuedId, EnumSet.of(Scope.MESSAGE)));
        assertThat(call(AccessKeys::list)).extracting(AccessKey::accessKeyId)
                .containsExactlyInAnyOrder(id, issuedId);
    }

    @Test
    void aRevokedKeyIsNobodys() {
        IssuedKey issued = call(keys -> keys.issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE))));
        revoke(issued.key().accessKeyId());

        assertThat(authenticate(issued.key().accessKeyId(), issued.secret().reveal())).isEmpty();
    }

    @Test
    void whatWasOpenedWithARevokedKeyEnds() {
        String issued = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE))).key().accessKeyId();
        revoke(issued);

        assertThat(ended).containsExactly(issued);
    }

    @Test
    void whatWasOpenedWithAKeyThatMayDoLessEnds() {
        IssuedKey issued = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE, Scope.CONSUME)));
        update(issued, grants(EnumSet.of(Scope.CONSUME), Set.of()));
        assertThat(ended).hasSize(1);
        update(issued, grants(EnumSet.of(Scope.CONSUME), Set.of("a1")));
        assertThat(ended).hasSize(2);
        update(issued, grants(EnumSet.of(Scope.CONSUME), Set.of("a2")));
        assertThat(ended).hasSize(3);
    }

    @Test
    void whatWasOpenedWithAKeyThatMayDoMoreGoesOn() {
        IssuedKey issued = issue(new NewAccessKey("", EnumSet.of(Scope.CONSUME), Set.of("a1"), OptionalInt.empty()));
        update(issued, grants(EnumSet.of(Scope.CONSUME, Scope.MESSAGE), Set.of("a1", "a2")));
        update(issued, grants(EnumSet.of(Scope.CONSUME, Scope.MESSAGE), Set.of()));

        assertThat(ended).isEmpty();
    }

    @Test
    void aKeyIsAsItWasMade() {
        NewAccessKey wanted = new NewAccessKey("the lamps", EnumSet.of(Scope.MESSAGE), Set.of("a1", "a2"), OptionalInt.of(7));
        IssuedKey issued = issue(wanted);

        assertThat(this.<AccessKey>call(keys -> keys.get(issued.key().accessKeyId()))).isEqualTo(issued.key());
        assertThat(authenticate(issued)).contains(new Caller(issued.key().accessKeyId(), EnumSet.of(Scope.MESSAGE),
                Set.of("a1", "a2"), OptionalInt.of(7)));
    }

    @Test
    void aChangeOfOneThingLeavesTheOthers() {
        IssuedKey issued = issue(new NewAccessKey("the lamps", EnumSet.of(Scope.MESSAGE), Set.of("a1"), OptionalInt.of(7)));
        AccessKey changed = update(issued, new AccessKeyUpdate(Optional.of("lights"), Optional.empty(), Optional.empty(),
                Optional.of(OptionalInt.empty()), Optional.empty()));

        assertThat(changed.description()).isEqualTo("lights");
        assertThat(changed.scopes()).containsExactly(Scope.MESSAGE);
        assertThat(changed.products()).containsExactly("a1");
        assertThat(changed.rate()).isEmpty();
    }

    @Test
    void anOldSecretIsValidForItsGrace() {
        IssuedKey issued = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE)));
        RotatedKey rotated = call(keys -> keys.rotate(issued.key().accessKeyId(), Duration.ofMinutes(1)));
        assertThat(authenticate(issued)).isPresent();
        assertThat(authenticate(issued.key().accessKeyId(), rotated.secret().reveal())).isPresent();

        clock.pass(Duration.ofMinutes(1));
        assertThat(authenticate(issued)).isEmpty();
        assertThat(authenticate(issued.key().accessKeyId(), rotated.secret().reveal())).isPresent();
        assertThat(ended).isEmpty();
    }

    @Test
    void anOldSecretWithoutAGraceIsValidNoMore() {
        IssuedKey issued = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE)));
        call(keys -> keys.rotate(issued.key().accessKeyId(), Duration.ZERO));

        assertThat(authenticate(issued)).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void theGraceOfAnOldSecretCanBeEnded() {
        IssuedKey issued = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE)));
        call(keys -> keys.rotate(issued.key().accessKeyId(), Duration.ofDays(30)));
        call(keys -> {
            keys.dropPreviousSecret(issued.key().accessKeyId());
            return true;
        });

        assertThat(authenticate(issued)).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void aGraceOfMoreThanThirtyDaysIsRefused() {
        assertRefused(RegistryProblem.INVALID_GRACE, keys -> keys.rotate(id, Duration.ofDays(31)));
    }

    @Test
    void theLastKeyThatAdministersIsNotRevokedDisabledOrDemoted() {
        issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE, Scope.MANAGE)));
        assertThatThrownBy(() -> revoke(id)).extracting("problem").isEqualTo(RegistryProblem.LAST_MANAGING_KEY);
        assertRefused(RegistryProblem.LAST_MANAGING_KEY, keys -> keys.update(id, AccessKeyUpdate.enabled(false)));
        assertRefused(RegistryProblem.LAST_MANAGING_KEY,
                keys -> keys.update(id, grants(EnumSet.of(Scope.MANAGE), Set.of())));
        assertThat(authenticate(id, secret)).isPresent();

        issue(NewAccessKey.of(EnumSet.of(Scope.ADMINISTER)));
        revoke(id);
        assertThat(authenticate(id, secret)).isEmpty();
    }

    @Test
    void aDisabledKeyDoesNotAdminister() {
        IssuedKey other = issue(NewAccessKey.of(EnumSet.of(Scope.ADMINISTER)));
        update(other, AccessKeyUpdate.enabled(false));

        assertThatThrownBy(() -> revoke(id)).extracting("problem").isEqualTo(RegistryProblem.LAST_MANAGING_KEY);
    }

    @Test
    void whoAdministersIsNotConfined() {
        assertRefused(RegistryProblem.INVALID_ACCESS_KEY, keys -> keys.issue(
                new NewAccessKey("", EnumSet.of(Scope.ADMINISTER), Set.of("a1"), OptionalInt.empty())));
        IssuedKey confined = issue(new NewAccessKey("", EnumSet.of(Scope.MANAGE), Set.of("a1"), OptionalInt.empty()));
        assertRefused(RegistryProblem.INVALID_ACCESS_KEY, keys -> keys.update(confined.key().accessKeyId(),
                grants(EnumSet.of(Scope.ADMINISTER), Set.of("a1"))));
    }

    @Test
    void whatAKeyCannotBeIsRefused() {
        Set<Scope> scopes = EnumSet.of(Scope.MESSAGE);
        Set<String> many = IntStream.range(0, 101).mapToObj(i -> "p" + i).collect(Collectors.toSet());
        for (NewAccessKey wrong : List.of(
                new NewAccessKey("x".repeat(101), scopes, Set.of(), OptionalInt.empty()),
                new NewAccessKey("", Set.of(), Set.of(), OptionalInt.empty()),
                new NewAccessKey("", scopes, Set.of("a1,a2"), OptionalInt.empty()),
                new NewAccessKey("", scopes, many, OptionalInt.empty()),
                new NewAccessKey("", scopes, Set.of(), OptionalInt.of(-1)))) {
            assertRefused(RegistryProblem.INVALID_ACCESS_KEY, keys -> keys.issue(wrong));
        }
    }

    @Test
    void anUnknownKeyIsNotRevoked() {
        assertThatThrownBy(() -> revoke("TPunknown")).extracting("problem")
                .isEqualTo(RegistryProblem.ACCESS_KEY_NOT_FOUND);
    }

    @Test
    void usesAreNoted() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        call(keys -> {
            keys.noteUses(Map.of(id, at, "TPunknown", at));
            return true;
        });

        assertThat(call(keys -> keys.get(id)).lastUsed()).contains(at);
    }

    @Test
    void aKeyWhoseSecretDoesNotOpenIsNobodysAndTheOthersStay() {
        IssuedKey other = issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE)));
        database.run(entities -> entities.createQuery("update AccessKeyRow k set k.secret = '1:AAAA' where k.accessKeyId = :id")
                .setParameter("id", id).executeUpdate());

        assertThat(call(AccessKeys::known)).extracting(k -> k.caller().accessKeyId())
                .containsExactly(other.key().accessKeyId());
    }

    @Test
    void thereAreAThousandKeysAtMost() {
        database.run(entities -> {
            for (int i = 1; i < AccessKeys.KEYS_MAXIMUM; i++) {
                entities.persist(new AccessKeyRow("TP" + i, "sealed", NewAccessKey.of(EnumSet.of(Scope.MESSAGE)), Instant.EPOCH));
            }
        });
        assertRefused(RegistryProblem.TOO_MANY_ACCESS_KEYS, keys -> keys.issue(NewAccessKey.of(EnumSet.of(Scope.MESSAGE))));
    }

    private static AccessKeyUpdate grants(Set<Scope> scopes, Set<String> products) {
        return new AccessKeyUpdate(Optional.empty(), Optional.of(scopes), Optional.of(products), Optional.empty(),
                Optional.empty());
    }

    private IssuedKey issue(NewAccessKey key) {
        return call(keys -> keys.issue(key));
    }

    private AccessKey update(IssuedKey key, AccessKeyUpdate update) {
        return call(keys -> keys.update(key.key().accessKeyId(), update));
    }

    private void revoke(String accessKeyId) {
        call(keys -> {
            keys.revoke(accessKeyId);
            return true;
        });
    }

    private void assertRefused(RegistryProblem problem, Function<AccessKeys, ?> work) {
        assertThatThrownBy(() -> call(work)).extracting("problem").isEqualTo(problem);
    }

    private Path file() {
        return folder.resolve("access-key");
    }

    private Optional<Caller> authenticate(IssuedKey issued) {
        return authenticate(issued.key().accessKeyId(), issued.secret().reveal());
    }

    private Optional<Caller> authenticate(String accessKeyId, String candidate) {
        return known.authenticate(accessKeyId, expected -> expected.matches(candidate));
    }

    /** As the container does it: what changes is told once it is committed. */
    private <T> T call(Function<AccessKeys, T> work) {
        List<AccessKeyChange> changes = new ArrayList<>();
        T result = database.call(entities -> work.apply(new AccessKeys(entities, box, clock, new Tokens(random),
                new FakeEvent<>(changes::add))));
        KeysAfterCommit after = new KeysAfterCommit(known, new FakeEvent<>(revocation -> ended.add(revocation.accessKeyId())));
        changes.forEach(after::key);
        return result;
    }
}
