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
 * a secret moved to another row does not open. Thread-safe when its source of randomness is.
 */
public final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKey key;
    private final RandomGenerator random;

    /** @param random cryptographically strong; makes the nonces */
    public SecretBox(MasterKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    /**
     * Seals a secret for its owner.
     *
     * @param owner kind and key of what it belongs to, as in {@code device:pk/dn}
     */
    public String seal(Secret secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, owner);
            byte[] plain = secret.utf8();
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return MasterKey.VERSION + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had", e);
        }
    }

    /** @throws SecretUnreadableException when this is not what the same key sealed for this owner */
    public Secret open(String sealed, String owner) {
        int colon = sealed.indexOf(':');
        if (colon < 0) {
            throw new SecretUnreadableException("the secret of " + owner + " is damaged");
        }
        String version = sealed.substring(0, colon);
        if (!version.equals(Integer.toString(MasterKey.VERSION))) {
            throw new SecretUnreadableException("the secret of " + owner + " was sealed with version " + version
                    + " of the master key, this server has version " + MasterKey.VERSION);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(colon + 1));
            if (bytes.length <= NONCE_BYTES + TAG_BITS / 8) {
                throw new SecretUnreadableException("the secret of " + owner + " is damaged");
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), owner);
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

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
