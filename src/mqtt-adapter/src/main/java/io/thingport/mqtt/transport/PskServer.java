package io.thingport.mqtt.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;

/**
 * The server's side of one TLS 1.2 connection with a pre-shared key (RFC 4279, RFC 5489), without a socket: records go in
 * and out as bytes. At the client's ClientKeyExchange, which names its identity, it stops until {@link #key} is called:
 * until then no further record may be offered.
 *
 * <p>Renegotiation is refused, maximum fragment length honoured (RFC 6066, 4). Owned by the channel's loop.
 */
final class PskServer extends TlsServerProtocol {

    /** Bytes of an identity at most; a longer one is nobody's. */
    static final int IDENTITY_MAXIMUM = 128;

    private static final int MESSAGE_MAXIMUM = 8 * 1024;

    /** With forward secrecy first; the plain CBC ones are all that embedded clients may have. */
    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA,
    };

    private byte[] keyExchange; // the ClientKeyExchange that waits for its key
    private byte[] key;

    PskServer(TlsCrypto crypto) throws IOException {
        accept(new Peer(crypto, this));
    }

    /** Whether {@link #key} has to be called. */
    boolean awaitsKey() {
        return keyExchange != null;
    }

    /** What the client calls itself, while {@link #awaitsKey}; empty when it is too long to be anybody's. */
    Optional<byte[]> identity() {
        int length = keyExchange.length < 2 ? 0 : TlsUtils.readUint16(keyExchange, 0);
        if (length > IDENTITY_MAXIMUM || length > keyExchange.length - 2) {
            return Optional.empty();
        }
        return Optional.of(TlsUtils.copyOfRangeExact(keyExchange, 2, 2 + length));
    }

    /**
     * Goes on with the key of the identity.
     *
     * @throws IOException when the message breaks the protocol; the alert is in the output
     */
    void key(byte[] key) throws IOException {
        this.key = key;
        byte[] body = keyExchange;
        keyExchange = null;
        try {
            super.receiveClientKeyExchangeMessage(new ByteArrayInputStream(body));
        } catch (TlsFatalAlert e) {
            handleException(e.getAlertDescription(), "ClientKeyExchange", e);
            throw e;
        } catch (IOException | RuntimeException e) {
            handleException(AlertDescription.internal_error, "ClientKeyExchange", e);
            throw e;
        } finally {
            this.key = null;
        }
    }

    @Override
    protected void receiveClientKeyExchangeMessage(ByteArrayInputStream body) {
        keyExchange = body.readAllBytes();
    }

    private static final class Peer extends PSKTlsServer {

        Peer(TlsCrypto crypto, PskServer connection) {
            super(crypto, new TlsPSKIdentityManager() {
                @Override
                public byte[] getHint() {
                    return null; // BouncyCastle's word for none
                }

                @Override
                public byte[] getPSK(byte[] identity) {
                    return connection.key.clone(); // BouncyCastle wipes it
                }
            });
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return TlsUtils.getSupportedCipherSuites(getCrypto(), SUITES);
        }

        @Override
        protected boolean preferLocalCipherSuites() {
            return true;
        }

        @Override
        public int getMaxHandshakeMessageSize() {
            return MESSAGE_MAXIMUM;
        }

        /** Forgets what only the handshake needed. */
        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            clientExtensions = null;
            offeredCipherSuites = null;
            serverExtensions.clear();
        }

        @Override
        public boolean requiresCloseNotify() {
            return false;
        }
    }
}
