package io.thingport.platform.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and its certificate; issues others, and writes them as PEM. */
record Issuer(PrivateKey key, X509Certificate certificate) {

    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /** One of its own, valid for a year around {@link #NOW}. */
    static Issuer root(String name) throws Exception {
        KeyPair keys = keys("RSA");
        return new Issuer(keys.getPrivate(), sign(keys.getPrivate(), name, keys, name, NOW.plus(Duration.ofDays(180))));
    }

    Issuer issue(String name) throws Exception {
        return issue(name, "RSA", NOW.plus(Duration.ofDays(180)));
    }

    /** @param algorithm RSA or EC */
    Issuer issue(String name, String algorithm, Instant until) throws Exception {
        KeyPair keys = keys(algorithm);
        return new Issuer(keys.getPrivate(), sign(key, certificate.getSubjectX500Principal().getName().substring(3), keys,
                name, until));
    }

    X509CRL emptyList() throws Exception {
        return new JcaX509CRLConverter().getCRL(new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(),
                Date.from(NOW)).build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
    }

    String certificatePem() throws Exception {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** PKCS #1, of an RSA key. */
    String oldKeyPem() throws Exception {
        return pem("RSA PRIVATE KEY", PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey()
                .toASN1Primitive().getEncoded());
    }

    static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    private static X509Certificate sign(PrivateKey issuers, String issuer, KeyPair subjects, String subject, Instant until)
            throws Exception {
        return new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer), new BigInteger(64, new SecureRandom()),
                Date.from(until.minus(Duration.ofDays(365))), Date.from(until), new X500Name("CN=" + subject),
                subjects.getPublic()).build(new JcaContentSignerBuilder("SHA256withRSA").build(issuers)));
    }

    private static KeyPair keys(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
        return generator.generateKeyPair();
    }
}
