package io.thingport.mqtt.transport;

import io.thingport.mqtt.TlsMaterial;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whose certificates are accepted: those that lead to an authority of the material, are valid now and are in none of its
 * revocation lists. Nothing is asked over the network. A list that is past its time still counts: that someone forgot to
 * renew it neither lets a revoked device in nor locks out all others. Thread-safe.
 */
final class ClientTrust extends X509ExtendedTrustManager {

    private final List<X509Certificate> authorities;
    private final List<X509CRL> revocations;
    private final X509TrustManager paths;

    /** @throws GeneralSecurityException when an authority cannot be used, or has not signed its list */
    ClientTrust(TlsMaterial material) throws GeneralSecurityException {
        authorities = material.clientAuthorities();
        revocations = material.revocations();
        for (X509CRL list : revocations) {
            verify(list);
        }
        paths = paths();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (authorities.isEmpty()) {
            throw new CertificateException("no authority of client certificates is known");
        }
        paths.checkClientTrusted(chain, authType);
        for (X509Certificate certificate : chain) {
            for (X509CRL list : revocations) {
                if (list.isRevoked(certificate) && list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
                    throw new CertificateException("certificate " + certificate.getSerialNumber().toString(16) + " of "
                            + certificate.getIssuerX500Principal() + " is revoked");
                }
            }
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }

    private void verify(X509CRL list) throws GeneralSecurityException {
        for (X509Certificate authority : authorities) {
            if (authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
                list.verify(authority.getPublicKey());
                return;
            }
        }
        throw new CertificateException("the revocation list of " + list.getIssuerX500Principal()
                + " belongs to no authority of client certificates");
    }

    private X509TrustManager paths() throws GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            anchors.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        for (int i = 0; i < authorities.size(); i++) {
            anchors.setCertificateEntry(Integer.toString(i), authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java has no PKIX");
    }
}
