package io.thingport.platform.registry;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;

/** A device's certificate as callers give it: PEM, one certificate and nothing secret. */
final class CertificateText {

    private static final int LENGTH_MAXIMUM = 16 * 1024;
    private static final int SUBJECT_MAXIMUM = 1000;
    private static final int SERIAL_MAXIMUM = 64;

    private CertificateText() {
    }

    /** @throws RegistryException when it is anything else, or expired */
    static X509Certificate read(String pem, Instant now) {
        if (pem.length() > LENGTH_MAXIMUM) {
            throw invalid("up to " + LENGTH_MAXIMUM + " characters");
        }
        if (pem.contains("PRIVATE KEY")) {
            throw invalid("holds a private key, which has to stay with the device");
        }
        Collection<? extends Certificate> read;
        try {
            read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException e) {
            throw invalid("one X.509 certificate in PEM");
        }
        if (read.size() != 1) {
            throw invalid("one X.509 certificate in PEM; here are " + read.size());
        }
        X509Certificate certificate = (X509Certificate) read.iterator().next();
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            throw invalid("has expired");
        }
        if (subject(certificate).length() > SUBJECT_MAXIMUM || serialNumber(certificate).length() > SERIAL_MAXIMUM) {
            throw invalid("a subject of up to " + SUBJECT_MAXIMUM + " characters and a serial number of up to "
                    + SERIAL_MAXIMUM + " digits");
        }
        return certificate;
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    static String serialNumber(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private static RegistryException invalid(String rule) {
        return new RegistryException(RegistryProblem.INVALID_CERTIFICATE, "certificate: " + rule);
    }
}
