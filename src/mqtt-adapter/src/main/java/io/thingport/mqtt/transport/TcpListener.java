package io.thingport.mqtt.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.MqttServerSettings;

/** Opens a TCP listener. */
final class TcpListener {

    private static final int BACKLOG = 4096;
    /** Reads grow to what a burst brings: fixed 2 KB would cost a system call for each two packets of 1 KB. */
    private static final AdaptiveRecvByteBufAllocator READ_SIZES = new AdaptiveRecvByteBufAllocator(64, 2048, 65_536);

    private TcpListener() {
    }

    static ChannelFuture bind(EventLoops loops, ListenerSettings listener) {
        MqttServerSettings settings = loops.settings();
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.io().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new AcceptPace(listener.name(), loops.unauthenticated(),
                        server -> loops.stateOf(server.eventLoop()).acceptRests()))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR, READ_SIZES)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(settings.outputMaximum() / 2, settings.outputMaximum()))
                .childHandler(new Accepting(loops, listener))
                .bind(listener.host(), listener.port());
    }
}
