package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.thingport.mqtt.protocol.Unauthenticated;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets a listener rest while as many connections as may be wait for their CONNACK, or when a connection cannot be
 * accepted, for want of file descriptors for instance; then looks every {@value #LOOK_MILLIS} ms whether it may go on.
 * Who wants to connect meanwhile waits in the system's backlog. Owned by the listener's loop.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {

    static final long LOOK_MILLIS = 50;

    private static final System.Logger LOG = System.getLogger(AcceptPace.class.getName());
    private static final long SAY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String listener;
    private final Unauthenticated unauthenticated;
    private final Consumer<Channel> count;
    private boolean rests;
    private OptionalLong said = OptionalLong.empty();

    /**
     * @param listener its name, for the log
     * @param count    is told whenever the listener begins to rest, on its loop
     */
    AcceptPace(String listener, Unauthenticated unauthenticated, Consumer<Channel> count) {
        this.listener = listener;
        this.unauthenticated = unauthenticated;
        this.count = count;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object socket) {
        ctx.fireChannelRead(socket);
        if (unauthenticated.full()) {
            rest(ctx.channel(), unauthenticated.connections() + " connections wait for their CONNACK");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        rest(ctx.channel(), cause.getMessage());
    }

    private void rest(Channel server, String why) {
        if (rests) {
            return;
        }
        rests = true;
        server.config().setAutoRead(false);
        count.accept(server);
        long now = System.nanoTime();
        if (said.isEmpty() || now - said.getAsLong() >= SAY_NANOS) {
            said = OptionalLong.of(now);
            LOG.log(System.Logger.Level.WARNING, "Listener {0} accepts no more for now: {1}", listener, why);
        }
        look(server);
    }

    private void look(Channel server) {
        server.eventLoop().schedule(() -> {
            if (!server.isOpen()) {
                return;
            }
            if (unauthenticated.full()) {
                look(server);
            } else {
                rests = false;
                server.config().setAutoRead(true);
            }
        }, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
}
