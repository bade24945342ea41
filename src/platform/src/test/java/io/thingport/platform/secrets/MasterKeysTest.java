package io.thingport.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER_KEY = "ICECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path folder;
    private final TestDatabase database = TestDatabase.open(Kind.H2);

    @Test
    void aNewDatabaseWithoutAKeyGetsOneInAFileOfItsOwnerOnly() throws IOException {
        open(Optional.empty());

        assertThat(Files.readString(file()).strip()).matches("1:\\S{44}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
    }

    @Test
    void theKeyInTheFileIsTakenAtTheNextStart() {
        String sealed = open(Optional.empty()).seal(Secret.of("secret"), "owner");

        assertThat(open(Optional.empty()).open(sealed, "owner")).isEqualTo(Secret.of("secret"));
    }

    @Test
    void aConfiguredKeyWinsOverTheFile() throws IOException {
        String sealed = open(Optional.of(KEY)).seal(Secret.of("secret"), "owner");
        Files.createDirectories(file().getParent());
        Files.writeString(file(), OTHER_KEY);

        assertThat(open(Optional.of(KEY)).open(sealed, "owner")).isEqualTo(Secret.of("secret"));
    }

    @Test
    void aKeyThatDidNotSealThisDatabaseIsRefused() {
        open(Optional.of(KEY));

        assertThatThrownBy(() -> open(Optional.of(OTHER_KEY)))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("is not the key")
                .message().doesNotContain(OTHER_KEY);
    }

    @Test
    void aLostKeyFileIsNotReplacedByANewKey() throws IOException {
        open(Optional.empty());
        Files.delete(file());

        assertThatThrownBy(() -> open(Optional.empty())).isInstanceOf(MasterKeyException.class);
        assertThat(file()).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoKeyIsRefused() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "no key");

        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("Base64 of 32 bytes");
    }

    @Test
    void aFileMayHoldAKeyWithoutAVersion() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), KEY + "\n");

        assertThat(open(Optional.empty()).seal(Secret.of("secret"), "owner")).startsWith("1:");
    }

    @Test
    void theNewestOfSeveralVersionsSeals() {
        String sealed = open(Optional.of(KEY)).seal(Secret.of("secret"), "owner");
        SecretBox box = open(Optional.of("2:" + OTHER_KEY + ", 1:" + KEY));

        assertThat(box.version()).isEqualTo(2);
        assertThat(box.open(sealed, "owner")).isEqualTo(Secret.of("secret"));
    }

    @Test
    void twoKeysOfOneVersionAreNoKeys() {
        assertThatThrownBy(() -> open(Optional.of("1:" + OTHER_KEY + ",1:" + KEY)))
                .isInstanceOf(MasterKeyException.class);
    }

    @Test
    void aVersionThatSomethingIsSealedWithMayNotBeMissing() {
        SecretBox first = open(Optional.of(KEY));
        keep(first.seal(Secret.of("secret"), "access-key:a"));

        assertThatThrownBy(() -> open(Optional.of("2:" + OTHER_KEY)))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("lacks version 1").hasMessageContaining("1 secrets");
    }

    @Test
    void aVersionThatNothingIsSealedWithMayBeTakenAway() {
        open(Optional.of(KEY));
        keep(open(Optional.of("1:" + KEY + ",2:" + OTHER_KEY)).seal(Secret.of("secret"), "access-key:a"));

        assertThat(open(Optional.of("2:" + OTHER_KEY)).version()).isEqualTo(2);
        assertThat(open(Optional.of("2:" + OTHER_KEY)).version()).isEqualTo(2);
    }

    @Test
    void aRotationAddsAVersionToTheFile() {
        SecretBox box = open(Optional.empty());
        String sealed = box.seal(Secret.of("secret"), "owner");

        box.use(rotate(box));

        assertThat(box.version()).isEqualTo(2);
        assertThat(open(Optional.empty()).version()).isEqualTo(2);
        assertThat(open(Optional.empty()).open(sealed, "owner")).isEqualTo(Secret.of("secret"));
    }

    /** Killed between the file and the database, or the database was away. */
    @Test
    void aRotationThatCameNoFurtherThanTheFileIsTakenUp() throws IOException {
        SecretBox box = open(Optional.empty());
        Files.writeString(file(), Files.readString(file()) + "2:" + OTHER_KEY + "\n");

        assertThat(rotate(box).newest().version()).isEqualTo(2);
        assertThat(open(Optional.empty()).version()).isEqualTo(2);
    }

    @Test
    void aRotationLeavesAFileAloneThatLacksTheKeyInUse() throws IOException {
        SecretBox box = open(Optional.empty());
        Files.writeString(file(), OTHER_KEY);

        assertThatThrownBy(() -> rotate(box)).isInstanceOf(MasterKeyException.class);
        assertThat(file()).hasContent(OTHER_KEY);
    }

    private MasterKeyRing rotate(SecretBox box) {
        return database.call(entities -> new MasterKeys(entities).rotate(box, file(), new SecureRandom()));
    }

    private void keep(String sealed) {
        database.run(entities -> entities.createNativeQuery("insert into access_key (access_key_id, secret, scopes, enabled,"
                + " created_at) values ('a', ?, 'MANAGE', true, now())")
                .setParameter(1, sealed).executeUpdate());
    }

    private Path file() {
        return folder.resolve("data").resolve("master-key");
    }

    private SecretBox open(Optional<String> configured) {
        return database.call(entities -> new MasterKeys(entities)
                .open(configured.map(Secret::of), file(), new SecureRandom()));
    }
}
