package io.thingport.mqtt.protocol;

import io.netty.channel.Channel;

/**
 * The move of a channel to another loop: its socket is deregistered from the old loop, waits until the old loop has taken
 * every event of it, and is registered with the new one. Wherever the socket closes meanwhile, the new loop finds it
 * closed.
 */
final class LoopMove {

    private final ClientChannel channel;
    private final Channel socket;
    private final EventLoopState from;
    private final EventLoopState to;
    private final Runnable then;

    /** @param then runs on the new loop in any case */
    LoopMove(ClientChannel channel, Channel socket, EventLoopState from, EventLoopState to, Runnable then) {
        this.channel = channel;
        this.socket = socket;
        this.from = from;
        this.to = to;
        this.then = then;
    }

    /** On the old loop. */
    void start(int place) {
        from.depart(channel, place);
        socket.deregister().addListener(deregistered -> leave());
    }

    /** On the old loop. */
    private void leave() {
        if (channel.hasEventsWaiting()) {
            from.eventLoop().execute(this::leave);
            return;
        }
        channel.leaveFor(to);
        to.eventLoop().register(socket).addListener(registered -> arrive());
    }

    /** On the new loop. */
    private void arrive() {
        channel.arrived();
        from.departed();
        try {
            then.run();
        } catch (RuntimeException | Error e) {
            channel.failed(e);
        }
        if (!socket.isActive()) {
            to.addClosed(channel);
        }
    }
}
