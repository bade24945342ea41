package io.thingport.mqtt.transport;

import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.thingport.mqtt.protocol.Encrypting;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/** TLS between a socket and its channel. Its handshake ends with the CONNECT deadline at the latest. */
final class TlsHandler extends SslHandler implements Encrypting {

    TlsHandler(SSLEngine engine) {
        super(engine);
        setHandshakeTimeoutMillis(0);
    }

    @Override
    public ChannelFuture endOutput() {
        return closeOutbound();
    }

    /** After the handshake: whether it went on with an earlier session; of Java's own engine nobody knows. */
    boolean resumed() {
        return engine() instanceof ReferenceCountedOpenSslEngine boring && SSL.isSessionReused(boring.sslPointer());
    }

    /** After the handshake: the client's certificate and those that lead to its authority; empty when it has none. */
    X509Certificate[] clientChain() {
        try {
            return Arrays.stream(engine().getSession().getPeerCertificates()).map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException none) {
            return new X509Certificate[0];
        }
    }
}
