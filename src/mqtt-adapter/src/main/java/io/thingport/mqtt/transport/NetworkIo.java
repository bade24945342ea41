package io.thingport.mqtt.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.Executor;

/** The way to the sockets: native epoll where it can be had, else NIO. */
enum NetworkIo {
    EPOLL(EpollServerSocketChannel.class) {
        @Override
        EventLoopGroup newLoops(int count, Executor threads) {
            return new EpollEventLoopGroup(count, threads);
        }
    },
    NIO(NioServerSocketChannel.class) {
        @Override
        EventLoopGroup newLoops(int count, Executor threads) {
            return new NioEventLoopGroup(count, threads);
        }
    };

    private final Class<? extends ServerChannel> serverChannel;

    NetworkIo(Class<? extends ServerChannel> serverChannel) {
        this.serverChannel = serverChannel;
    }

    static NetworkIo best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /** @param threads runs each loop as one task */
    abstract EventLoopGroup newLoops(int count, Executor threads);
}
