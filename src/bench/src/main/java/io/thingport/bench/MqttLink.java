package io.thingport.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One MQTT connection of a device that leaves everything to its owner: when a message is acknowledged, which packet id is
 * used, what is sent again. Belongs to its event loop's thread.
 */
final class MqttLink extends SimpleChannelInboundHandler<MqttMessage> {

    private static final int KEEP_ALIVE_SECONDS = 1200; // nothing here is idle for long
    private static final int SESSION_EXPIRY_SECONDS = 7 * 24 * 3600;
    private static final int PACKET_MAXIMUM = 1 << 20;

    private final DeviceLogin login;
    private final boolean v5;
    private final boolean cleanStart;
    private final LinkEvents events;
    private Channel channel;
    private boolean over;

    private MqttLink(DeviceLogin login, boolean v5, boolean cleanStart, LinkEvents events) {
        this.login = login;
        this.v5 = v5;
        this.cleanStart = cleanStart;
        this.events = events;
    }

    /**
     * Opens a connection to this machine and says CONNECT.
     *
     * @param cleanStart Clean Start of 5.0, whose session then outlives the connection as any other; in 3.1.1 clean session,
     *                   whose session ends with the connection
     */
    static MqttLink open(EventLoop loop, int port, DeviceLogin login, boolean v5, boolean cleanStart, LinkEvents events) {
        MqttLink link = new MqttLink(login, v5, cleanStart, events);
        link.channel = new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline().addLast(MqttEncoder.INSTANCE, new MqttDecoder(PACKET_MAXIMUM), link);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .addListener((ChannelFutureListener) done -> {
                    if (!done.isSuccess()) {
                        link.end();
                    }
                }).channel();
        return link;
    }

    boolean v5() {
        return v5;
    }

    void subscribe(int packetId, List<String> filters) {
        MqttMessageBuilders.SubscribeBuilder subscribe = MqttMessageBuilders.subscribe().messageId(packetId);
        filters.forEach(filter -> subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, filter));
        write(subscribe.build());
    }

    /** @param packetId 0 for QoS 0 */
    void publish(int packetId, boolean dup, String topic, byte[] payload) {
        MqttQoS qos = packetId == 0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
        write(new MqttPublishMessage(new MqttFixedHeader(MqttMessageType.PUBLISH, dup, qos, false, 0),
                new MqttPublishVariableHeader(topic, packetId), Unpooled.wrappedBuffer(payload)));
    }

    /** PUBACK. */
    void acknowledge(int packetId) {
        write(new MqttMessage(new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                MqttMessageIdVariableHeader.from(packetId)));
    }

    /** DISCONNECT, then the end of the connection. */
    void disconnect() {
        channel.writeAndFlush(new MqttMessage(new MqttFixedHeader(MqttMessageType.DISCONNECT, false, MqttQoS.AT_MOST_ONCE,
                false, 0))).addListener(ChannelFutureListener.CLOSE);
    }

    /** The end of the connection without a word. */
    void drop() {
        channel.close();
    }

    private void write(MqttMessage message) {
        channel.writeAndFlush(message, channel.voidPromise());
    }

    private void end() {
        if (!over) {
            over = true;
            events.closed(this);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        MqttProperties properties = new MqttProperties();
        if (v5) {
            properties.add(new MqttProperties.IntegerProperty(
                    MqttProperties.MqttPropertyType.SESSION_EXPIRY_INTERVAL.value(), SESSION_EXPIRY_SECONDS));
        }
        context.writeAndFlush(MqttMessageBuilders.connect()
                .protocolVersion(v5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1)
                .clientId(login.clientId())
                .username(login.userName())
                .password(login.password().getBytes(StandardCharsets.UTF_8))
                .cleanSession(cleanStart)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .properties(properties)
                .build());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            context.close();
            return;
        }
        switch (message.fixedHeader().messageType()) {
            case CONNACK -> connected((MqttConnAckMessage) message);
            case SUBACK -> events.subscribed(this, ((MqttSubAckMessage) message).payload().reasonCodes().stream()
                    .allMatch(code -> code == 1));
            case PUBLISH -> received((MqttPublishMessage) message);
            case PUBACK -> events.acknowledged(this, ((MqttMessageIdVariableHeader) message.variableHeader()).messageId(),
                    message.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply ? reply.reasonCode() & 0xFF : 0);
            default -> { } // PINGRESP, and DISCONNECT before the end of the connection
        }
    }

    private void connected(MqttConnAckMessage message) {
        MqttConnectReturnCode code = message.variableHeader().connectReturnCode();
        if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            events.accepted(this, message.variableHeader().isSessionPresent());
        } else {
            events.refused(this, code.byteValue() & 0xFF);
            channel.close();
        }
    }

    private void received(MqttPublishMessage message) {
        int packetId = message.fixedHeader().qosLevel() == MqttQoS.AT_MOST_ONCE ? 0 : message.variableHeader().packetId();
        events.received(this, packetId, message.fixedHeader().isDup(), ByteBufUtil.getBytes(message.payload()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a broken connection is part of the trial
    }
}
