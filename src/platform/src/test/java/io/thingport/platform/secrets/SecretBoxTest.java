package io.thingport.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final String OWNER = "device:a1AbCdEfGhI/lamp_01";
    private static final Secret SECRET = Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640");

    private final SecureRandom random = new SecureRandom();
    private final SecretBox box = new SecretBox(MasterKeyRing.generate(random), random);
    private final String sealed = box.seal(SECRET, OWNER);

    @Test
    void whatWasSealedOpensForItsOwner() {
        assertThat(box.open(sealed, OWNER)).isEqualTo(SECRET);
    }

    @Test
    void theSameSecretIsNeverSealedTheSameWayTwice() {
        assertThat(box.seal(SECRET, OWNER)).isNotEqualTo(sealed);
    }

    @Test
    void theVersionOfTheKeyStandsInFront() {
        assertThat(sealed).startsWith("1:");
    }

    @Test
    void anotherOwnersSecretDoesNotOpen() {
        assertThatThrownBy(() -> box.open(sealed, "device:a1AbCdEfGhI/lamp_02"))
                .isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void aChangedByteAnywhereKeepsItShut() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(2));
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            String text = "1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

            assertThatThrownBy(() -> box.open(text, OWNER)).as("byte %d", i)
                    .isInstanceOf(SecretUnreadableException.class);
        }
    }

    @Test
    void anotherMasterKeyDoesNotOpenIt() {
        assertThatThrownBy(() -> new SecretBox(MasterKeyRing.generate(random), random).open(sealed, OWNER))
                .isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void anotherVersionOfTheKeyIsNamed() {
        assertThatThrownBy(() -> box.open("2" + sealed.substring(1), OWNER))
                .isInstanceOf(SecretUnreadableException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void theNewestVersionSealsAndTheOthersStillOpen() {
        MasterKeyRing first = MasterKeyRing.generate(random);
        SecretBox rotated = new SecretBox(first, random);
        String old = rotated.seal(SECRET, OWNER);
        rotated.use(first.next(random));

        assertThat(rotated.seal(SECRET, OWNER)).startsWith("2:");
        assertThat(rotated.open(old, OWNER)).isEqualTo(SECRET);
    }

    @Test
    void whatIsNotASealedSecretIsDamaged() {
        for (String damaged : new String[] { "", "1", "1:", "1:***", "1:AAAA" }) {
            assertThatThrownBy(() -> box.open(damaged, OWNER)).as("'%s'", damaged)
                    .isInstanceOf(SecretUnreadableException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void noMessageCarriesTheSecret() {
        assertThatThrownBy(() -> box.open(sealed, "device:other/device"))
                .message().doesNotContain(SECRET.reveal()).doesNotContain(sealed);
    }

    @Test
    void theMasterKeyPrintsNothing() {
        MasterKeyRing keys = MasterKeyRing.generate(random);

        assertThat(keys + " " + keys.newest()).doesNotContain(keys.newest().text().substring(2));
    }
}
