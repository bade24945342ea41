package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.protocol.ClientChannel;
import io.thingport.mqtt.protocol.Unauthenticated;
import java.util.Optional;

/**
 * Waits for a client's first byte, which tells TLS from plain bytes, and makes room for what is spoken. Of a listener that
 * speaks TLS alone a client that speaks anything else is sent away. Goes at once when bytes are plain, else when
 * {@link HandshakeEnd} is reached: until then it counts what the client sends.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {

    /** Of a client's side of a handshake, a chain of certificates among it; CONNECT may come with its end. */
    private static final int HANDSHAKE_MAXIMUM = 32 * 1024;
    /** The type of the record that a ClientHello comes in (RFC 8446, 5.1); of MQTT's packets none begins so. */
    private static final int HANDSHAKE = 0x16;

    private final ListenerSettings listener;
    private final Tls tls;
    private final Handshakes handshakes;
    private final Unauthenticated unauthenticated;
    private final int maximum;
    private int counted;
    private boolean shaking;
    private ByteBuf kept; // a ClientHello that is not whole, or waits for its turn; null where there is none

    FirstByte(ListenerSettings listener, EventLoops loops, Handshakes handshakes) {
        this.listener = listener;
        this.handshakes = handshakes;
        tls = loops.tls();
        unauthenticated = loops.unauthenticated();
        maximum = HANDSHAKE_MAXIMUM + loops.settings().connectMaximum();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!shaking && counted == 0 && !isTls(bytes)) {
            plain(ctx, bytes);
        } else if (!count(bytes.readableBytes())) {
            bytes.release();
            refuse(ctx, TlsFailure.PROTOCOL, "it sends too much");
        } else if (shaking) {
            ctx.fireChannelRead(bytes);
        } else {
            keep(bytes);
            if (ClientHello.isWhole(kept)) {
                ctx.channel().config().setAutoRead(false);
                handshakes.begin(Origin.of(ClientChannel.peerOf(ctx.channel()).address()), () -> handshake(ctx));
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        unauthenticated.remove(counted);
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    private boolean isTls(ByteBuf bytes) {
        return bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE && (tls.isReady() || tlsAlone());
    }

    private boolean tlsAlone() {
        return listener.transport() == Transport.TLS;
    }

    private void plain(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (tlsAlone()) {
            bytes.release();
            refuse(ctx, TlsFailure.NO_TLS, listener.name());
        } else {
            ctx.fireChannelRead(bytes);
            ctx.pipeline().remove(this);
        }
    }

    private boolean count(int bytes) {
        if (counted + bytes > maximum || !unauthenticated.add(bytes)) {
            return false;
        }
        counted += bytes;
        return true;
    }

    private void keep(ByteBuf bytes) {
        if (kept == null) {
            kept = bytes;
        } else {
            kept.writeBytes(bytes);
            bytes.release();
        }
    }

    private void handshake(ChannelHandlerContext ctx) {
        if (kept == null || !ctx.channel().isActive()) {
            return;
        }
        Optional<TlsHandler> handler = tls.newHandler(listener.clientCertificate(),
                ClientHello.asksForSmallRecords(kept), ctx.alloc());
        if (handler.isEmpty()) {
            refuse(ctx, TlsFailure.NO_MATERIAL, listener.name());
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addAfter(ctx.name(), null, new HandshakeEnd(listener.clientCertificate(), tls, handshakes));
        pipeline.addAfter(ctx.name(), null, handler.get());
        ByteBuf bytes = kept;
        kept = null;
        shaking = true;
        ctx.fireChannelRead(bytes);
        ctx.fireChannelReadComplete();
        ctx.channel().config().setAutoRead(true);
    }

    private void refuse(ChannelHandlerContext ctx, TlsFailure why, String detail) {
        handshakes.failed(why, ClientChannel.peerOf(ctx.channel()).address(), detail);
        ctx.close();
    }
}
