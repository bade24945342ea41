package io.thingport.upstream.amqp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.thingport.platform.upstream.ConsumerEvent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.spi.core.remoting.Connection;
import org.apache.activemq.artemis.utils.SocketAddressUtil;

/**
 * Stands before the engine on a connection of which nobody knows whose it is: bounds what is taken in, since the engine
 * bounds it for AMQP alone, and the time. It sees what is sent within TLS. Owned by the connection's loop.
 */
final class LoginGate extends ChannelInboundHandlerAdapter {

    /** More than any login, in bytes. */
    static final int BYTES_MAXIMUM = 64 * 1024;

    private static final byte FIRST = 'A'; // of "AMQP" and of "ARTEMIS"; what else comes, HTTP, the engine would speak

    private final ConsumerDoor door;
    private Optional<Future<?>> end = Optional.empty();
    private int bytes;
    private boolean closing;

    LoginGate(ConsumerDoor door) {
        this.door = door;
    }

    /** Takes the gate away from a connection whose consumer is in. From any thread. */
    static void lift(Connection transport) {
        if (transport instanceof NettyConnection netty) {
            Channel channel = netty.getNettyChannel();
            channel.eventLoop().execute(() -> {
                LoginGate gate = channel.pipeline().get(LoginGate.class);
                if (gate != null) {
                    channel.pipeline().remove(gate);
                }
            });
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (!door.strangers().tryAcquire()) {
            closing = true;
            door.log().say(ConsumerEvent.TOO_MANY_CONNECTIONS, address(context),
                    door.limits().strangers() + " connections that have not logged in");
            context.close();
            return;
        }
        end = Optional.of(context.executor().schedule(
                () -> close(context, ConsumerEvent.CLOSED, "no login in time"),
                door.limits().times().authenticate().toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end.ifPresent(e -> {
            e.cancel(false);
            door.strangers().release();
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        if (!closing && bytes == 0 && buffer.isReadable() && buffer.getByte(buffer.readerIndex()) != FIRST) {
            close(context, ConsumerEvent.LOGIN, "no AMQP 1.0");
        }
        bytes += buffer.readableBytes();
        if (!closing && bytes > BYTES_MAXIMUM) {
            close(context, ConsumerEvent.LOGIN, "more than " + BYTES_MAXIMUM + " bytes before the login");
        }
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Of the connection or of its TLS. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!closing) {
            Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
            close(context, ConsumerEvent.LOGIN, root instanceof NotSslRecordException ? "no TLS" : root.toString());
        }
    }

    private void close(ChannelHandlerContext context, ConsumerEvent event, String why) {
        closing = true;
        door.log().say(event, address(context), why);
        context.close();
    }

    /** For the log, as the engine has it elsewhere. */
    private static String address(ChannelHandlerContext context) {
        return String.valueOf(SocketAddressUtil.toString(context.channel().remoteAddress()));
    }
}
