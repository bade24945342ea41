package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.protocol.ClientChannel;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Behind TLS until the handshake is over: tells the channel whom it has to do with, or why there is none. */
final class HandshakeEnd extends ChannelInboundHandlerAdapter {

    /** What the engines call it: BoringSSL, then Java's own. */
    private static final Map<String, TlsFailure> ERRORS = Map.of(
            "UNSUPPORTED_PROTOCOL", TlsFailure.VERSION,
            "NO_SHARED_CIPHER", TlsFailure.SUITE,
            "PEER_DID_NOT_RETURN_A_CERTIFICATE", TlsFailure.NO_CERTIFICATE,
            "CERTIFICATE_VERIFY_FAILED", TlsFailure.CERTIFICATE,
            "_ALERT_", TlsFailure.ALERT,
            "protocol versions", TlsFailure.VERSION,
            "no cipher suites in common", TlsFailure.SUITE,
            "Empty client certificate chain", TlsFailure.NO_CERTIFICATE,
            "Received fatal alert", TlsFailure.ALERT);

    private final ClientCertificate asked;
    private final Tls tls;
    private final Handshakes handshakes;

    HandshakeEnd(ClientCertificate asked, Tls tls, Handshakes handshakes) {
        this.asked = asked;
        this.tls = tls;
        this.handshakes = handshakes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent end)) {
            ctx.fireUserEventTriggered(event);
        } else if (end.isSuccess()) {
            succeeded(ctx);
        } else {
            failed(ctx, reason(end.cause()), String.valueOf(end.cause().getMessage()));
        }
    }

    /** Of a handshake; the event tells. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void succeeded(ChannelHandlerContext ctx) {
        TlsHandler handler = ctx.pipeline().get(TlsHandler.class);
        X509Certificate[] chain = asked == ClientCertificate.NONE ? new X509Certificate[0] : handler.clientChain();
        if (chain.length > 0) {
            try {
                tls.check(chain); // who was accepted when the session began may not be any more
            } catch (CertificateException e) {
                failed(ctx, TlsFailure.CERTIFICATE, String.valueOf(e.getMessage()));
                return;
            }
        } else if (asked == ClientCertificate.NEED) {
            failed(ctx, TlsFailure.NO_CERTIFICATE, "");
            return;
        }
        handshakes.succeeded(handler.resumed());
        Channel socket = ctx.channel();
        socket.attr(ClientChannel.PEER).set(new Peer(ClientChannel.peerOf(socket).address(), true,
                Arrays.stream(chain).findFirst(), Optional.empty()));
        ctx.pipeline().remove(FirstByte.class);
        ctx.pipeline().remove(this);
    }

    private void failed(ChannelHandlerContext ctx, TlsFailure why, String detail) {
        handshakes.failed(why, ClientChannel.peerOf(ctx.channel()).address(), detail);
        ctx.close();
    }

    private static TlsFailure reason(Throwable cause) {
        if (cause instanceof ClosedChannelException || !(cause instanceof SSLException)) {
            return TlsFailure.ENDED;
        }
        if (cause.getCause() instanceof CertificateException) {
            return TlsFailure.CERTIFICATE;
        }
        String error = String.valueOf(cause.getMessage());
        return ERRORS.entrySet().stream().filter(known -> error.contains(known.getKey())).findFirst()
                .map(Map.Entry::getValue).orElse(TlsFailure.PROTOCOL);
    }
}
