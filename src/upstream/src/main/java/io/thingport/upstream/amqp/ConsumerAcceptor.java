package io.thingport.upstream.amqp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.CheckDependencies;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQMessageBundle;
import org.apache.activemq.artemis.core.server.ActiveMQServerLogger;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.ActiveMQThreadFactory;
import org.apache.activemq.artemis.utils.ConfigurationHelper;

/**
 * A port of consumers. It accepts the connections itself and hands each over to the engine's own acceptor, behind a
 * {@link LoginGate}: the engine has no place for one. Started, paused and stopped by the engine.
 */
final class ConsumerAcceptor extends NettyAcceptor {

    private static final int THREADS_PER_PROCESSOR = 3; // as many as the engine has by default

    private final ConsumerDoor door;
    private final Map<String, Object> parameters;
    private final ThreadFactory threads;
    private Optional<EventLoopGroup> loops = Optional.empty(); // this and the next guarded by this
    private Optional<Channel> port = Optional.empty();

    /** @param parameters as the engine's acceptor takes them; they tell it to open no port */
    @SuppressWarnings("rawtypes") // as inherited
    ConsumerAcceptor(ConsumerDoor door, String name, ClusterConnection cluster, Map<String, Object> parameters,
            BufferHandler handler, ServerConnectionLifeCycleListener listener, ScheduledExecutorService scheduler,
            Executor failures, Map<String, ProtocolManager> protocols, String threadGroup, MetricsManager metrics) {
        super(name, cluster, parameters, handler, listener, scheduler, failures, protocols, threadGroup, metrics);
        this.door = door;
        this.parameters = parameters;
        this.threads = new ActiveMQThreadFactory(threadGroup, true, ConsumerAcceptor.class.getClassLoader());
    }

    @Override
    protected synchronized void internalStart() throws Exception {
        if (isStarted()) {
            return;
        }
        super.internalStart();
        int count = THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        boolean epoll = CheckDependencies.isEpollAvailable();
        EventLoopGroup group = epoll ? new EpollEventLoopGroup(count, threads) : new NioEventLoopGroup(count, threads);
        loops = Optional.of(group);
        String host = ConfigurationHelper.getStringProperty(TransportConstants.HOST_PROP_NAME,
                TransportConstants.DEFAULT_HOST, parameters);
        int number = ConfigurationHelper.getIntProperty(TransportConstants.PORT_PROP_NAME, TransportConstants.DEFAULT_PORT,
                parameters);
        boolean tls = ConfigurationHelper.getBooleanProperty(TransportConstants.SSL_ENABLED_PROP_NAME, false, parameters);
        ChannelFuture bound = new ServerBootstrap().group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.SO_SNDBUF, TransportConstants.DEFAULT_TCP_SENDBUFFER_SIZE)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) throws Exception {
                        accept(channel, tls);
                    }
                })
                .bind(new InetSocketAddress(host, number)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw ActiveMQMessageBundle.BUNDLE.failedToBind(getName(), host + ":" + number, new Exception(bound.cause()));
        }
        port = Optional.of(bound.channel());
        ActiveMQServerLogger.LOGGER.startedAcceptor(epoll ? EPOLL_ACCEPTOR_TYPE : NIO_ACCEPTOR_TYPE, host, getActualPort(),
                String.join(",", getProtocolHandler().getProtocolMap().keySet()));
    }

    private void accept(Channel channel, boolean tls) throws Exception {
        if (tls) {
            channel.pipeline().addLast(getSslHandler(channel.alloc(), null, 0));
        }
        channel.pipeline().addLast(new LoginGate(door));
        if (channel.isOpen()) { // the gate may have closed it
            transfer(channel);
        }
    }

    @Override
    public synchronized int getActualPort() {
        return port.map(p -> ((InetSocketAddress) p.localAddress()).getPort()).orElse(0);
    }

    @Override
    public synchronized void pause() {
        closePort();
        super.pause();
    }

    /** Closes the connections, those too that the engine does not know yet. */
    @Override
    public synchronized void asyncStop(Runnable callback) {
        closePort();
        Optional<EventLoopGroup> mine = loops;
        loops = Optional.empty();
        super.asyncStop(() -> {
            if (mine.isPresent()) {
                mine.get().shutdownGracefully(getQuietPeriod(), getShutdownTimeout(), TimeUnit.MILLISECONDS)
                        .addListener(f -> callback.run());
            } else {
                callback.run();
            }
        });
    }

    private void closePort() {
        port.ifPresent(p -> p.close().awaitUninterruptibly(getShutdownTimeout()));
        port = Optional.empty();
    }
}
