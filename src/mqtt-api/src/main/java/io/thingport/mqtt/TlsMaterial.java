package io.thingport.mqtt;

import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the server proves itself with in TLS handshakes, and what clients have to prove themselves with.
 *
 * @param key               of the first certificate of the chain
 * @param chain             the server's certificate first, then those that lead to a root, which may be left out
 * @param clientAuthorities who may have issued a client's certificate; empty = no client certificate is accepted
 * @param revocations       certificates of clients that are valid no more
 */
public record TlsMaterial(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities,
        List<X509CRL> revocations) {

    public TlsMaterial {
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
        revocations = List.copyOf(revocations);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: it has no certificate");
        }
    }

    /** Names no key. */
    @Override
    public String toString() {
        return "TlsMaterial[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
