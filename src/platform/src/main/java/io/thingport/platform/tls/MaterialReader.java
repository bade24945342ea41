package io.thingport.platform.tls;

import io.thingport.mqtt.TlsMaterial;
import io.thingport.platform.config.Settings.ServerFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads files of PEM, all of them as they are at one time, and makes material of them when they fit together. */
final class MaterialReader {

    /** Bytes of a file at most: thousands of authorities, or a list of a hundred thousand revoked devices. */
    private static final int FILE_MAXIMUM = 8 * 1024 * 1024;

    private final ServerFiles files;
    private final Optional<Path> clientAuthorities;
    private final Optional<Path> revocationList;

    MaterialReader(ServerFiles files, Optional<Path> clientAuthorities, Optional<Path> revocationList) {
        this.files = files;
        this.clientAuthorities = clientAuthorities;
        this.revocationList = revocationList;
    }

    /** What distinguishes these contents from others; says as much of files that cannot be read. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Path> all = new ArrayList<>(List.of(files.certificate(), files.key()));
            clientAuthorities.ifPresent(all::add);
            revocationList.ifPresent(all::add);
            for (Path file : all) {
                try {
                    digest.update(MessageDigest.getInstance("SHA-256").digest(content(file)));
                } catch (MaterialException e) {
                    digest.update(e.getMessage().getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** @throws MaterialException when a file cannot be read, or they do not fit together */
    TlsMaterial read() throws MaterialException {
        List<X509Certificate> chain = pem(files.certificate()).certificates();
        PrivateKey key = pem(files.key()).privateKey();
        check(chain);
        if (!fits(key, chain.get(0))) {
            throw new MaterialException("the key in " + files.key() + " does not belong to the first certificate in "
                    + files.certificate() + ", " + chain.get(0).getSubjectX500Principal());
        }
        List<X509Certificate> authorities = clientAuthorities.isPresent()
                ? pem(clientAuthorities.get()).certificates() : List.of();
        List<X509CRL> revocations = revocationList.isPresent() ? pem(revocationList.get()).revocationLists() : List.of();
        return new TlsMaterial(key, chain, authorities, revocations);
    }

    /** Each certificate has to be signed by the next: clients of TLS 1.2 may insist (RFC 5246, 7.4.2). */
    private void check(List<X509Certificate> chain) throws MaterialException {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new MaterialException(files.certificate() + ": certificate " + (i + 1) + ", "
                        + chain.get(i).getSubjectX500Principal() + ", was not issued by the one after it, "
                        + chain.get(i + 1).getSubjectX500Principal(), e);
            }
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        try {
            byte[] text = "thingport".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Pem pem(Path file) throws MaterialException {
        return new Pem(file.toString(), content(file));
    }

    private static byte[] content(Path file) throws MaterialException {
        try {
            if (Files.size(file) > FILE_MAXIMUM) {
                throw new MaterialException(file + ": it is larger than " + FILE_MAXIMUM + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new MaterialException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new MaterialException(file + ": it cannot be read: " + e.getMessage(), e);
        }
    }
}
