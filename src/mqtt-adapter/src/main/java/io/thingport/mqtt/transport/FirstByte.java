package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.TlsFailure;
import java.util.Optional;

/**
 * Waits for a client's first byte, which tells TLS from plain bytes, and makes room for what is spoken. Of a listener that
 * speaks TLS alone a client that speaks anything else is sent away.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {

    /** The type of the record that a ClientHello comes in (RFC 8446, 5.1); of MQTT's packets none begins so. */
    private static final int HANDSHAKE = 0x16;

    private final ListenerSettings listener;
    private final Tls tls;
    private final Handshakes handshakes;
    private ByteBuf kept; // a ClientHello that is not whole, or waits for its turn: a record at most, and one read; or null

    FirstByte(ListenerSettings listener, Tls tls, Handshakes handshakes) {
        this.listener = listener;
        this.tls = tls;
        this.handshakes = handshakes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (kept != null) {
            kept.writeBytes(bytes);
            bytes.release();
            beginWhenWhole(ctx);
        } else if (bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE && (tls.isReady() || tlsAlone())) {
            kept = bytes;
            beginWhenWhole(ctx);
        } else if (tlsAlone()) {
            bytes.release();
            refuse(ctx, TlsFailure.NO_TLS);
        } else {
            ctx.fireChannelRead(bytes);
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    private boolean tlsAlone() {
        return listener.transport() == Transport.TLS;
    }

    private void beginWhenWhole(ChannelHandlerContext ctx) {
        if (ClientHello.isWhole(kept)) {
            ctx.channel().config().setAutoRead(false);
            handshakes.begin(() -> handshake(ctx));
        }
    }

    private void handshake(ChannelHandlerContext ctx) {
        if (kept == null || !ctx.channel().isActive()) {
            return;
        }
        Optional<TlsHandler> handler = tls.newHandler(listener.clientCertificate(),
                ClientHello.asksForSmallRecords(kept), ctx.alloc());
        if (handler.isEmpty()) {
            refuse(ctx, TlsFailure.NO_MATERIAL);
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addAfter(ctx.name(), null, new HandshakeEnd(listener.clientCertificate(), tls, handshakes));
        pipeline.addAfter(ctx.name(), null, handler.get());
        ByteBuf bytes = kept;
        kept = null;
        ctx.fireChannelRead(bytes);
        ctx.fireChannelReadComplete();
        ctx.channel().config().setAutoRead(true);
        pipeline.remove(this);
    }

    private void refuse(ChannelHandlerContext ctx, TlsFailure why) {
        handshakes.failed(why, ctx.channel().remoteAddress(), listener.name());
        ctx.close();
    }
}
