package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.protocol.ClientChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Takes the client's address from the header that a proxy puts before a connection, in version 1 or 2 of the PROXY
 * protocol; then it goes from the pipeline. A header without an IP address, as a proxy's own probes have it, leaves the
 * address of the socket. Its additional fields are passed over. A connection that begins otherwise is closed.
 *
 * <p>Owned by the channel's loop.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private final EventLoops loops;
    private boolean refused;

    private ProxyHeader(EventLoops loops) {
        this.loops = loops;
    }

    static void expect(ChannelPipeline pipeline, EventLoops loops) {
        pipeline.addLast(new Decoder(), new ProxyHeader(loops));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!refused && message instanceof HAProxyMessage header) {
            try {
                take(ctx.channel(), header);
            } finally {
                header.release();
            }
            ctx.pipeline().remove(this);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof DecoderException)) {
            ctx.fireExceptionCaught(cause);
        } else if (!refused) {
            refused = true;
            Channel socket = ctx.channel();
            loops.stateOf(socket.eventLoop()).proxyHeaderRefused(ClientChannel.peerOf(socket).address(),
                    String.valueOf(cause.getMessage()));
            ctx.close();
        }
    }

    private static void take(Channel socket, HAProxyMessage header) {
        AddressFamily family = header.proxiedProtocol().addressFamily();
        if (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6) {
            Peer known = ClientChannel.peerOf(socket);
            socket.attr(ClientChannel.PEER).set(new Peer(source(header), known.secure()));
        }
    }

    private static InetSocketAddress source(HAProxyMessage header) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(header.sourceAddress());
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), header.sourcePort());
        } catch (UnknownHostException e) {
            throw new DecoderException("address " + header.sourceAddress(), e);
        }
    }

    /** Netty's, but for what cannot become a header: it would wait for more of it. */
    private static final class Decoder extends HAProxyMessageDecoder {

        /** Bytes of additional fields. */
        private static final int FIELDS_MAXIMUM = 512;
        private static final boolean FAIL_FAST = true;
        private static final int VERSION_1 = 'P';
        private static final int VERSION_2 = 0x0D;

        private boolean begun;

        Decoder() {
            super(FIELDS_MAXIMUM, FAIL_FAST);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            ByteBuf bytes = (ByteBuf) message;
            if (!begun && bytes.isReadable()) {
                begun = true;
                int first = bytes.getUnsignedByte(bytes.readerIndex());
                if (first != VERSION_1 && first != VERSION_2) {
                    bytes.release();
                    ctx.fireExceptionCaught(new DecoderException("there is none"));
                    return;
                }
            }
            super.channelRead(ctx, message);
        }
    }
}
