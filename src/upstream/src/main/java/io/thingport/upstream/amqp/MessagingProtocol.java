package io.thingport.upstream.amqp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.List;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.impl.CoreProtocolManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/** One acceptor's protocol of Jakarta Messaging, in which a frame is no larger than a consumer needs. */
final class MessagingProtocol extends CoreProtocolManager {

    /** The largest frame, in bytes, its length not counted. */
    static final int FRAME_MAXIMUM = 1024 * 1024;

    MessagingProtocol(MessagingProtocolFactory factory, ActiveMQServer server, List<Interceptor> incoming,
            List<Interceptor> outgoing) {
        super(factory, server, incoming, outgoing);
    }

    @Override
    public void addChannelHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new Frames());
    }

    private static final class Frames extends LengthFieldBasedFrameDecoder {

        private Frames() {
            super(Integer.BYTES + FRAME_MAXIMUM, 0, Integer.BYTES);
        }

        @Override
        protected ByteBuf extractFrame(ChannelHandlerContext context, ByteBuf buffer, int index, int length) {
            // A copy, since the engine may keep it; and the length stays before it, since the engine counts from there.
            return context.alloc().buffer(length).writeBytes(buffer, index, length).skipBytes(Integer.BYTES);
        }
    }
}
