package io.thingport.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets for the database and opens them: AES-256-GCM. A sealed secret is the key's version, a colon and Base64
 * (URL alphabet, no padding) of nonce, ciphertext and tag. The owner it was sealed for is authenticated with it, so that
 * a secret moved to another row does not open. Seals with the newest version of the master key, opens with any. Thread-safe
 * when its source of randomness is.
 */
public final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final RandomGenerator random;
    private volatile MasterKeyRing keys; // volatile: a rotation replaces it while every thread seals and opens

    /** @param random cryptographically strong; makes the nonces */
    public SecretBox(MasterKeyRing keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
    }

    /** The version of the master key that seals. */
    public int version() {
        return keys.newest().version();
    }

    /** Takes over keys, among which are those it has; what is sealed from now on is sealed with the newest of them. */
    public void use(MasterKeyRing more) {
        keys = more;
    }

    /**
     * Seals a secret for its owner.
     *
     * @param owner kind and key of what it belongs to, as in {@code device:pk/dn}
     */
    public String seal(Secret secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        MasterKey key = keys.newest();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, owner);
            byte[] plain = secret.utf8();
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return key.version() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had", e);
        }
    }

    /** @throws SecretUnreadableException when this is not what one of the keys sealed for this owner */
    public Secret open(String sealed, String owner) {
        int colon = sealed.indexOf(':');
        int version = version(sealed, colon, owner);
        MasterKeyRing present = keys;
        MasterKey key = present.find(version).orElseThrow(() -> new SecretUnreadableException("the secret of " + owner
                + " was sealed with version " + version + " of the master key, this server has " + present));
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(colon + 1));
            if (bytes.length <= NONCE_BYTES + TAG_BITS / 8) {
                throw new SecretUnreadableException("the secret of " + owner + " is damaged");
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), owner);
            byte[] plain = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return Secret.of(new String(plain, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new SecretUnreadableException("the secret of " + owner + " is damaged");
        } catch (AEADBadTagException e) {
            throw new SecretUnreadableException("the secret of " + owner
                    + " was changed, moved from another owner or sealed with another master key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had", e);
        }
    }

    /** Whether this was sealed with an older version of the key than would seal it now. */
    boolean isOld(String sealed) {
        return !sealed.startsWith(version() + ":");
    }

    private static int version(String sealed, int colon, String owner) {
        try {
            return Integer.parseInt(sealed, 0, Math.max(colon, 0), 10);
        } catch (NumberFormatException e) {
            throw new SecretUnreadableException("the secret of " + owner + " is damaged");
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
