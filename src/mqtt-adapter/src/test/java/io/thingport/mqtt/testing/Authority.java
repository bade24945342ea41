package io.thingport.mqtt.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates, and makes clients that trust it. */
public final class Authority {

    /** A certificate and its key. */
    public record Identity(PrivateKey key, X509Certificate certificate) {
    }

    private static final Duration LIFE = Duration.ofDays(10);
    private static final AtomicLong SERIALS = new AtomicLong(1);
    /** Made once: RSA keys take long, and whose they are does not matter. */
    private static final KeyPair KEYS = newKeys();

    private final String name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    public Authority(String name) {
        this.name = "CN=" + name;
        certificate = sign(name, keys, true, Instant.now().minus(LIFE), Instant.now().plus(LIFE));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public Identity issue(String name) {
        return issue(name, Instant.now().minus(LIFE), Instant.now().plus(LIFE));
    }

    public Identity issue(String name, Instant from, Instant until) {
        return new Identity(KEYS.getPrivate(), sign(name, KEYS, false, from, until));
    }

    /** A certificate that is not for clients. */
    public Identity issueForServer(String name) {
        return new Identity(KEYS.getPrivate(), sign(name, KEYS, false, Instant.now().minus(LIFE), Instant.now().plus(LIFE),
                KeyPurposeId.id_kp_serverAuth));
    }

    /** The authority itself. */
    public Identity self() {
        return new Identity(keys.getPrivate(), certificate);
    }

    /** A revocation list that names these. */
    public X509CRL revoke(X509Certificate... certificates) {
        try {
            JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), new Date());
            for (X509Certificate one : certificates) {
                list.addCRLEntry(one.getSerialNumber(), new Date(), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter().getCRL(
                    list.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs that trusts this authority and proves itself with these, if with any. */
    public SSLContext client(Identity... own) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(List.of(own)), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keyManagers(List<Identity> own) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Identity one : own) {
            store.setKeyEntry("own", one.key(), new char[0], new X509Certificate[] {one.certificate()});
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private X509Certificate sign(String subject, KeyPair subjects, boolean authority, Instant from, Instant until,
            KeyPurposeId... purposes) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(name),
                    BigInteger.valueOf(SERIALS.getAndIncrement()), Date.from(from), Date.from(until),
                    new X500Name("CN=" + subject), subjects.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (purposes.length > 0) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
