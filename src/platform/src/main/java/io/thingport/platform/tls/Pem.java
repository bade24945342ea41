package io.thingport.platform.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); text around them means nothing. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    /** Of an RSA key in PKCS #8: version 0, and the algorithm rsaEncryption without parameters. */
    private static final byte[] RSA_PREFIX = {0x02, 0x01, 0x00, 0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48,
        (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

    private record Block(String label, byte[] content) {
    }

    private final String file;
    private final List<Block> blocks = new ArrayList<>();

    /** @param file what messages call it */
    Pem(String file, byte[] content) throws MaterialException {
        this.file = file;
        Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new MaterialException(file + ": a block " + matcher.group(1) + " is not Base64", e);
            }
        }
    }

    /** In the order of the file; one at least. */
    List<X509Certificate> certificates() throws MaterialException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : of("CERTIFICATE")) {
            try {
                Certificate one = CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(block.content()));
                certificates.add((X509Certificate) one);
            } catch (GeneralSecurityException e) {
                throw new MaterialException(file + ": certificate " + (certificates.size() + 1) + " cannot be read: "
                        + e.getMessage(), e);
            }
        }
        return certificates;
    }

    /** In the order of the file; one at least. */
    List<X509CRL> revocationLists() throws MaterialException {
        List<X509CRL> lists = new ArrayList<>();
        for (Block block : of("X509 CRL")) {
            try {
                CRL one = CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(block.content()));
                lists.add((X509CRL) one);
            } catch (GeneralSecurityException e) {
                throw new MaterialException(file + ": revocation list " + (lists.size() + 1) + " cannot be read: "
                        + e.getMessage(), e);
            }
        }
        return lists;
    }

    /** The only key: RSA or EC in PKCS #8, or RSA in PKCS #1. */
    PrivateKey privateKey() throws MaterialException {
        List<Block> keys = blocks.stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
        if (keys.size() != 1) {
            throw new MaterialException(file + ": it holds " + keys.size() + " private keys, not one");
        }
        Block key = keys.get(0);
        return switch (key.label()) {
            case "PRIVATE KEY" -> pkcs8(key.content());
            case "RSA PRIVATE KEY" -> pkcs8(sequence(concat(RSA_PREFIX, tagged(0x04, key.content()))));
            default -> throw new MaterialException(file + ": a key of the kind " + key.label()
                    + " is not read; convert it: openssl pkcs8 -topk8 -nocrypt");
        };
    }

    private List<Block> of(String label) throws MaterialException {
        List<Block> found = blocks.stream().filter(block -> block.label().equals(label)).toList();
        if (found.isEmpty()) {
            throw new MaterialException(file + ": it holds no " + label);
        }
        return found;
    }

    private PrivateKey pkcs8(byte[] encoded) throws MaterialException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException notThis) {
                continue;
            } catch (GeneralSecurityException e) {
                throw new MaterialException(file + ": " + e.getMessage(), e);
            }
        }
        throw new MaterialException(file + ": its private key is neither RSA nor EC, or damaged");
    }

    private static byte[] sequence(byte[] content) {
        return tagged(0x30, content);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    /** DER: tag, length, content. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
