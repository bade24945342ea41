package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.protocol.ClientChannel;
import java.net.InetSocketAddress;

/** Builds the pipeline of each socket that a listener accepts: what its settings ask for, and MQTT last. */
@Sharable
final class Accepting extends ChannelInitializer<Channel> {

    private final EventLoops loops;
    private final ListenerSettings listener;

    Accepting(EventLoops loops, ListenerSettings listener) {
        this.loops = loops;
        this.listener = listener;
    }

    @Override
    protected void initChannel(Channel socket) {
        if (listener.trustedTls()) {
            socket.attr(ClientChannel.PEER).set(new Peer((InetSocketAddress) socket.remoteAddress(), true));
        }
        socket.pipeline().addLast(loops.stateOf(socket.eventLoop()).newConnection());
    }
}
