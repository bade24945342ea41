package io.thingport.mqtt;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The other end of a connection.
 *
 * @param address     where it comes from
 * @param secure      whether the bytes travel encrypted
 * @param certificate what it has proven itself with in the TLS handshake, if anything; checked up to the authorities of
 *                    {@link TlsMaterial}
 * @param pskIdentity the identity whose pre-shared key it has proven in the TLS handshake, if any
 */
public record Peer(InetSocketAddress address, boolean secure, Optional<X509Certificate> certificate,
        Optional<String> pskIdentity) {

    /** One that has proven nothing yet. */
    public Peer(InetSocketAddress address, boolean secure) {
        this(address, secure, Optional.empty(), Optional.empty());
    }
}
