package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.protocol.ClientChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Builds the pipeline of each socket that a listener accepts: what its settings ask for, and MQTT last. */
@Sharable
final class Accepting extends ChannelInitializer<Channel> {

    private final EventLoops loops;
    private final ListenerSettings listener;
    private final Optional<PskDoor> psk;

    Accepting(EventLoops loops, ListenerSettings listener) {
        this.loops = loops;
        this.listener = listener;
        this.psk = listener.transport() == Transport.PSK ? Optional.of(new PskDoor(loops)) : Optional.empty();
    }

    @Override
    protected void initChannel(Channel socket) {
        InetSocketAddress address = (InetSocketAddress) socket.remoteAddress();
        boolean proxy = listener.proxies().stream().anyMatch(network -> network.contains(address.getAddress()));
        if (listener.trustedTls() && (proxy || listener.proxies().isEmpty())) {
            socket.attr(ClientChannel.PEER).set(new Peer(address, true));
        }
        ChannelPipeline pipeline = socket.pipeline();
        if (proxy) {
            ProxyHeader.expect(pipeline, loops);
        }
        psk.ifPresent(door -> pipeline.addLast(new PskHandler(door)));
        if (listener.transport() == Transport.AUTO || listener.transport() == Transport.TLS) {
            pipeline.addLast(new FirstByte(listener, loops, loops.handshakesOf(socket.eventLoop())));
        }
        pipeline.addLast(loops.stateOf(socket.eventLoop()).newConnection());
    }
}
