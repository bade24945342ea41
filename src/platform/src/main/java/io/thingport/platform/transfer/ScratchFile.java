package io.thingport.platform.transfer;

import io.thingport.platform.secrets.OwnerOnlyFile;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file full of secrets for as long as it takes to import or send it: encrypted with a key that this process alone knows
 * and that ends with it (AES-CTR; what a killed process leaves behind is noise). Not thread-safe.
 */
final class ScratchFile {

    private static final String CIPHER = "AES/CTR/NoPadding";
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final SecretKeySpec key;
    private final IvParameterSpec counter;
    private long opened; // its size then
    private volatile long read; // volatile: the import reads on another thread than it reports

    /** @param random cryptographically strong */
    ScratchFile(Path file, RandomGenerator random) {
        this.file = file;
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
        this.counter = new IvParameterSpec(new byte[16]); // the key is used for one file only
    }

    /** Writes the file anew. */
    OutputStream create() throws IOException {
        return new CipherOutputStream(new BufferedOutputStream(
                Channels.newOutputStream(OwnerOnlyFile.create(file)), BUFFER), cipher(Cipher.ENCRYPT_MODE));
    }

    /** Keeps all of a stream. */
    void receive(InputStream in) throws IOException {
        try (OutputStream out = create()) {
            in.transferTo(out);
        }
    }

    /** Bytes in the file. */
    long size() throws IOException {
        return Files.size(file);
    }

    /** What was written. */
    InputStream open() throws IOException {
        opened = size();
        return new Counting(new CipherInputStream(Files.newInputStream(file), cipher(Cipher.DECRYPT_MODE)));
    }

    /** How much of it was read since it was opened, 0 to 100. */
    int percent() {
        return opened == 0 ? 100 : (int) (100 * read / opened);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, counter);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR is not to be had", e);
        }
    }

    private final class Counting extends FilterInputStream {

        Counting(InputStream in) {
            super(in);
            read = 0;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            read += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            read += Math.max(n, 0);
            return n;
        }
    }
}
