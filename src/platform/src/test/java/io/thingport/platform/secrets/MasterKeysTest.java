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

        assertThat(Files.readString(file()).strip()).hasSize(44);
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

    private Path file() {
        return folder.resolve("data").resolve("master-key");
    }

    private SecretBox open(Optional<String> configured) {
        return database.call(entities -> new MasterKeys(entities)
                .open(configured.map(Secret::of), file(), new SecureRandom()));
    }
}
