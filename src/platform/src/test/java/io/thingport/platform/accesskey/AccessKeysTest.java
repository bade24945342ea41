package io.thingport.platform.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.registry.FakeEvent;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.MasterKeyRing;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {

    private static final String CONTENT = "authId=TP&timestamp=1";

    @TempDir
    private Path folder;
    private final SecureRandom random = new SecureRandom();
    private final SecretBox box = new SecretBox(MasterKeyRing.generate(random), random);
    private final List<AccessKeyRevocation> revocations = new ArrayList<>();
    private final TestDatabase database = TestDatabase.open(Kind.H2);
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
    void aSignatureWithTheSecretIsTheKeys() {
        for (SignMethod method : SignMethod.values()) {
            assertThat(authenticate(id, method, sign(method, secret))).isPresent();
        }
    }

    @Test
    void aSignatureWithAnotherSecretOrMethodIsNobodys() {
        assertThat(authenticate(id, SignMethod.HMAC_SHA1, sign(SignMethod.HMAC_SHA1, secret + "x"))).isEmpty();
        assertThat(authenticate(id, SignMethod.HMAC_SHA1, sign(SignMethod.HMAC_MD5, secret))).isEmpty();
        assertThat(authenticate(id, SignMethod.HMAC_SHA1, "")).isEmpty();
    }

    @Test
    void aSignatureOfAnUnknownKeyIsNobodys() {
        assertThat(authenticate("TPunknown", SignMethod.HMAC_SHA1, sign(SignMethod.HMAC_SHA1, secret))).isEmpty();
    }

    @Test
    void anUnknownIdIsNobodys() {
        assertThat(authenticate("TPunknown", secret)).isEmpty();
        assertThat(authenticate("\0", secret)).isEmpty();
    }

    @Test
    void aDisabledKeyIsNobodys() {
        database.run(entities -> entities.createQuery("update AccessKeyRow k set k.enabled = false").executeUpdate());

        assertThat(authenticate(id, secret)).isEmpty();
    }

    @Test
    void theSecretIsNotInTheDatabaseAsItIs() {
        String stored = database.call(entities -> entities.createQuery("select k.secret from AccessKeyRow k",
                String.class).getSingleResult());

        assertThat(stored).doesNotContain(secret);
    }

    @Test
    void anIssuedKeyHasItsScopesAndNoOther() {
        IssuedKey issued = call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)));
        String issuedId = issued.key().accessKeyId();

        assertThat(authenticate(issuedId, issued.secret().reveal()))
                .contains(new Caller(issuedId, EnumSet.of(Scope.MESSAGE)));
        assertThat(this.<List<AccessKey>>call(AccessKeys::list)).extracting(AccessKey::accessKeyId)
                .containsExactlyInAnyOrder(id, issuedId);
    }

    @Test
    void aRevokedKeyIsNobodys() {
        IssuedKey issued = call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)));
        revoke(issued.key().accessKeyId());

        assertThat(authenticate(issued.key().accessKeyId(), issued.secret().reveal())).isEmpty();
    }

    @Test
    void aRevocationIsTold() {
        IssuedKey issued = call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)));
        revoke(issued.key().accessKeyId());

        assertThat(revocations).containsExactly(new AccessKeyRevocation(issued.key().accessKeyId()));
    }

    @Test
    void aRevokedKeyIsNotFound() {
        IssuedKey issued = call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)));
        String issuedId = issued.key().accessKeyId();
        assertThat(this.<Optional<Caller>>call(keys -> keys.find(issuedId)))
                .contains(new Caller(issuedId, EnumSet.of(Scope.MESSAGE)));
        revoke(issuedId);

        assertThat(this.<Optional<Caller>>call(keys -> keys.find(issuedId))).isEmpty();
    }

    @Test
    void theLastKeyThatManagesIsNotRevoked() {
        call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)));
        assertThatThrownBy(() -> revoke(id)).extracting("problem").isEqualTo(RegistryProblem.LAST_MANAGING_KEY);

        call(keys -> keys.issue(EnumSet.of(Scope.MANAGE)));
        revoke(id);
        assertThat(authenticate(id, secret)).isEmpty();
    }

    @Test
    void anUnknownKeyIsNotRevoked() {
        assertThatThrownBy(() -> revoke("TPunknown")).extracting("problem")
                .isEqualTo(RegistryProblem.ACCESS_KEY_NOT_FOUND);
    }

    @Test
    void thereAreAHundredKeysAtMost() {
        for (int i = 1; i < 100; i++) {
            call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)));
        }
        assertThatThrownBy(() -> call(keys -> keys.issue(EnumSet.of(Scope.MESSAGE)))).extracting("problem")
                .isEqualTo(RegistryProblem.TOO_MANY_ACCESS_KEYS);
    }

    private void revoke(String accessKeyId) {
        database.run(entities -> keys(entities).revoke(accessKeyId));
    }

    private Path file() {
        return folder.resolve("access-key");
    }

    private Optional<Caller> authenticate(String accessKeyId, String candidate) {
        return call(keys -> keys.authenticate(accessKeyId, candidate));
    }

    private Optional<Caller> authenticate(String accessKeyId, SignMethod method, String signature) {
        return call(keys -> keys.authenticate(accessKeyId, method, CONTENT, signature));
    }

    private static String sign(SignMethod method, String key) {
        return Base64.getEncoder().encodeToString(method.mac(key.getBytes(StandardCharsets.UTF_8),
                CONTENT.getBytes(StandardCharsets.UTF_8)));
    }

    private <T> T call(Function<AccessKeys, T> work) {
        return database.call(entities -> work.apply(keys(entities)));
    }

    private AccessKeys keys(EntityManager entities) {
        return new AccessKeys(entities, box, Clock.systemUTC(), new Tokens(random),
                new FakeEvent<>(revocations::add));
    }
}
