package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.CloseReason.Cause;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection: the only handler in its pipeline (behind TLS, where there is TLS), its whole state in these fields.
 *
 * <p>Netty's calls only note what happened as events of the loop's turn; the packets are read when the turn is handed
 * over ({@link EventLoopState#drain}). Output is gathered in one buffer that leaves with one write at the turn's end.
 * What is made on first use (windows, topics, buffers) stays null in an idle connection to keep it small.
 *
 * <p>Owned by the thread of {@link #loop}, which changes once at most, in {@link #moveTo}.
 */
public final class ClientChannel extends ChannelInboundHandlerAdapter implements MqttChannel {

    /** From accepting the socket to its end; no way back. */
    private enum Stage {
        AWAITING_CONNECT,
        /** The platform has the CONNECT; nothing is read. */
        CONNECTING,
        ACCEPTED,
        /** The last output is on its way. */
        CLOSING,
        CLOSED
    }

    private static final System.Logger LOG = System.getLogger(ClientChannel.class.getName());
    private static final int OUTPUT_FIRST = 256;
    private static final int OUTPUT_HINT_MAXIMUM = 64 * 1024;
    private static final long CLOSE_MILLIS = 2_000;

    private final boolean secure;
    private EventLoopState loop;
    private int place;
    private int eventsWaiting;
    private ChannelHandlerContext context;
    private Stage stage = Stage.AWAITING_CONNECT;
    private CloseReason closeReason; // from CLOSING on
    private MqttLoop.Timer timer; // first the CONNECT deadline, then keep-alive
    private boolean moving;

    private MqttVersion version = MqttVersion.V3_1_1;
    private boolean connectReceived;
    private Object state;
    private long packetMaximum = Long.MAX_VALUE; // the client's
    private int sendMaximum;
    private long keepAliveTicks;
    private long lastReceivedTick;

    private ByteBuf partial; // the beginning of a packet that has not wholly arrived, or what followed CONNECT
    private TopicCache topics;
    private TopicEntry[] aliases;
    private InboundWindow inbound;

    private ByteBuf output;
    private int outputHint = OUTPUT_FIRST;
    private boolean dirty;
    private OutboundWindow outbound;
    private boolean wantsRoom;

    ClientChannel(EventLoopState loop, boolean secure) {
        this.loop = loop;
        this.secure = secure;
    }

    // ---- Netty ----

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        loop.register(this);
        timer = loop.schedule(loop.settings().connectTimeout().toMillis(), TimeUnit.MILLISECONDS, this::connectOverdue);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        lastReceivedTick = loop.tickCount();
        loop.counters.bytesIn += bytes.readableBytes();
        loop.addReceived(this, bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.addClosed(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (wantsRoom && ctx.channel().isWritable()) {
            loop.addWritable(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(System.Logger.Level.WARNING, "Connection of " + peer().address() + " failed", cause);
        }
        ctx.close();
    }

    // ---- the loop's turn ----

    void place(int place) {
        this.place = place;
    }

    void eventAdded() {
        eventsWaiting++;
    }

    void eventTaken() {
        eventsWaiting--;
    }

    /** Takes what one read brought; releases it. */
    void received(ByteBuf bytes, MqttHandler handler) {
        try {
            if (stage == Stage.CONNECTING) {
                keepForLater(bytes);
            } else if (stage == Stage.AWAITING_CONNECT || stage == Stage.ACCEPTED) {
                if (partial != null) {
                    partial.writeBytes(bytes);
                    resumed(handler);
                } else {
                    readPackets(bytes, handler);
                    if (bytes.isReadable() && stage.compareTo(Stage.CLOSING) < 0) {
                        partial = context.alloc().buffer(bytes.readableBytes()).writeBytes(bytes);
                    }
                }
            }
        } finally {
            bytes.release();
        }
    }

    /** Reads on in what had arrived before. */
    void resumed(MqttHandler handler) {
        ByteBuf bytes = partial;
        if (bytes == null || stage != Stage.ACCEPTED && stage != Stage.AWAITING_CONNECT) {
            return;
        }
        readPackets(bytes, handler);
        if (partial != null) { // not closed meanwhile
            if (partial.isReadable()) {
                partial.discardReadBytes();
            } else {
                releasePartial();
            }
        }
    }

    void handOverWritable(MqttHandler handler) {
        if (wantsRoom && stage == Stage.ACCEPTED) {
            wantsRoom = false;
            handler.writable(this);
        }
    }

    void handOverClosed(MqttHandler handler) {
        if (moving || stage == Stage.CLOSED) {
            return; // the loop it moves to will find it closed
        }
        stage = Stage.CLOSED;
        if (closeReason == null) {
            closeReason = new CloseReason(Cause.CONNECTION_LOST, Optional.empty(), "connection lost");
        }
        cancelTimer();
        releasePartial();
        releaseOutput();
        loop.unregister(this, place);
        if (connectReceived) {
            handler.closed(this, closeReason, outbound == null ? List.of() : outbound.unacknowledged());
        } else if (closeReason.cause() != Cause.PROTOCOL_ERROR) {
            loop.counters.silent++;
        }
    }

    /** Writes what has gathered; closes after it when the time has come. */
    void flush() {
        dirty = false;
        ByteBuf bytes = output;
        output = null;
        if (bytes != null) {
            int length = bytes.readableBytes();
            loop.counters.bytesOut += length;
            outputHint = Math.max(OUTPUT_FIRST, Math.min(length, OUTPUT_HINT_MAXIMUM));
        }
        if (stage == Stage.CLOSING) {
            loop.schedule(CLOSE_MILLIS, TimeUnit.MILLISECONDS, context::close); // for a peer that does not read
            context.writeAndFlush(bytes != null ? bytes : context.alloc().buffer(0))
                    .addListener(ChannelFutureListener.CLOSE);
        } else if (bytes != null) {
            context.writeAndFlush(bytes, context.voidPromise());
        }
    }

    // ---- packets in ----

    private void readPackets(ByteBuf bytes, MqttHandler handler) {
        try {
            frames(bytes, handler);
            if (wantsRoom && stage == Stage.ACCEPTED && room() > 0) {
                wantsRoom = false;
                handler.writable(this);
            }
        } catch (ProtocolViolation violation) {
            violated(violation);
        }
    }

    private void frames(ByteBuf bytes, MqttHandler handler) {
        int position = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (position < end && (stage == Stage.ACCEPTED || stage == Stage.AWAITING_CONNECT)) {
            int first = bytes.getByte(position) & 0xFF;
            if (stage == Stage.AWAITING_CONNECT && first != PacketType.CONNECT << 4) {
                throw ProtocolViolation.protocolError("first packet is not CONNECT"); // [MQTT-3.1.0-1]
            }
            int length = 0;
            int header = 1;
            boolean whole = false;
            while (!whole && position + header < end) {
                int b = bytes.getByte(position + header);
                length |= (b & 0x7F) << 7 * (header - 1);
                header++;
                whole = b >= 0;
                if (!whole && header > 4) {
                    throw ProtocolViolation.malformed("remaining length of more than four bytes");
                }
            }
            if (!whole) {
                break;
            }
            checkSize(header + length);
            int bodyEnd = position + header + length;
            if (bodyEnd > end) {
                break;
            }
            bytes.readerIndex(bodyEnd); // before: what closes or rests leaves the buffer behind this packet
            packet(bytes, first, position + header, bodyEnd, handler);
            position = bodyEnd;
        }
    }

    private void checkSize(int size) {
        int most = stage == Stage.AWAITING_CONNECT ? loop.settings().connectMaximum() : loop.settings().packetMaximum();
        if (size > most) {
            throw new ProtocolViolation(ReasonCode.PACKET_TOO_LARGE, "packet of " + size + " bytes, at most " + most);
        }
    }

    private void packet(ByteBuf bytes, int first, int start, int end, MqttHandler handler) {
        int type = first >> 4;
        int flags = first & 0x0F;
        if (type == PacketType.PUBLISH) {
            publish(bytes, flags, start, end, handler);
            return;
        }
        int expected = type == PacketType.SUBSCRIBE || type == PacketType.UNSUBSCRIBE ? 2 : 0;
        if (flags != expected && version != MqttVersion.V3_1) { // 3.1 put DUP and QoS there
            throw ProtocolViolation.malformed("reserved flags of packet type " + type); // [MQTT-2.1.3-1]
        }
        switch (type) {
            case PacketType.PUBACK -> puback(bytes, start, end, handler);
            case PacketType.CONNECT -> connect(new PacketReader(bytes, start, end), handler);
            case PacketType.SUBSCRIBE -> subscribe(new PacketReader(bytes, start, end), handler);
            case PacketType.UNSUBSCRIBE -> unsubscribe(new PacketReader(bytes, start, end), handler);
            case PacketType.PINGREQ -> pingreq(start, end);
            case PacketType.DISCONNECT -> disconnect(new PacketReader(bytes, start, end));
            case 0 -> throw ProtocolViolation.malformed("packet type 0");
            default -> throw ProtocolViolation.protocolError("packet type " + type + " is not for a client of this server");
        }
    }

    private void connect(PacketReader in, MqttHandler handler) {
        if (stage != Stage.AWAITING_CONNECT) {
            throw ProtocolViolation.protocolError("second CONNECT"); // [MQTT-3.1.0-2]
        }
        version = MqttVersion.V3_1_1; // the form of a refusal while the version is not known
        MqttVersion read = readVersion(in);
        version = read;
        ConnectPacket packet = ConnectPacket.read(read, in);
        packetMaximum = packet.packetMaximum();
        sendMaximum = Math.min(packet.receiveMaximum(), loop.settings().sendWindow());
        cancelTimer();
        stage = Stage.CONNECTING;
        connectReceived = true;
        loop.counters.connectsReceived++;
        context.channel().config().setAutoRead(false);
        handler.connect(this, packet.connect());
    }

    private MqttVersion readVersion(PacketReader in) {
        try {
            return ConnectPacket.readVersion(in);
        } catch (ProtocolViolation violation) {
            if (violation.reason() == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
                refuse(violation.reason(), violation.getMessage());
            }
            throw violation;
        }
    }

    private void publish(ByteBuf bytes, int flags, int start, int end, MqttHandler handler) {
        int qos = flags >> 1 & 3;
        boolean v5 = version == MqttVersion.V5;
        if (qos > 1 || flags != 0 && flags != 2) {
            checkPublishFlags(flags, v5);
        }
        if (end - start < 2) {
            throw ProtocolViolation.malformed("PUBLISH without a topic");
        }
        int topicStart = start + 2;
        int topicLength = bytes.getUnsignedShort(start);
        int position = topicStart + topicLength;
        int packetId = 0;
        if (qos != 0) {
            if (position + 2 > end) {
                throw ProtocolViolation.malformed("PUBLISH shorter than its fields");
            }
            packetId = bytes.getUnsignedShort(position);
            position += 2;
            if (packetId == 0) {
                throw ProtocolViolation.protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
            }
        }
        PublishPropertiesPacket properties = PublishPropertiesPacket.NONE;
        if (v5 && position < end && bytes.getByte(position) == 0) {
            position++;
        } else if (v5) {
            PacketReader in = new PacketReader(bytes, Math.min(position, end), end);
            properties = PublishPropertiesPacket.read(in.readProperties());
            position = in.position();
        }
        if (position > end) {
            throw ProtocolViolation.malformed("PUBLISH shorter than its fields");
        }
        TopicEntry entry = topic(bytes, topicStart, topicLength, properties.topicAlias(), handler);
        long token = 0;
        if (qos == 0) {
            loop.counters.publishesIn0++;
        } else {
            if (inbound == null) {
                inbound = new InboundWindow(loop.settings().receiveMaximum());
            }
            if (inbound.isOpen(packetId)) {
                return; // a repetition: the one PUBACK to come answers both
            }
            if (inbound.isFull()) {
                if (v5) {
                    throw new ProtocolViolation(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "Receive Maximum exceeded");
                }
                loop.counters.overWindow++;
                return; // 3.x has no word for it: it stays unacknowledged and comes again
            }
            token = inbound.add(packetId);
            loop.counters.publishesIn1++;
        }
        InboundPublish publish = loop.publish;
        publish.set(flags, qos == 0 ? QoS.AT_MOST_ONCE : QoS.AT_LEAST_ONCE, entry.topic(), properties.properties(),
                bytes, position, end - position);
        try {
            handler.publish(this, entry.route(), publish, token);
        } finally {
            publish.clear();
        }
    }

    private static void checkPublishFlags(int flags, boolean v5) {
        int qos = flags >> 1 & 3;
        if (qos == 3) {
            throw ProtocolViolation.malformed("QoS 3"); // [MQTT-3.3.1-4]
        }
        if (qos == 2) {
            throw new ProtocolViolation(ReasonCode.QOS_NOT_SUPPORTED, "QoS 2"); // [MQTT-3.2.2-11]
        }
        if ((flags & 0x08) != 0 && qos == 0) {
            throw ProtocolViolation.malformed("DUP at QoS 0"); // [MQTT-3.3.1-2]
        }
        if (v5 && (flags & 0x01) != 0) {
            throw new ProtocolViolation(ReasonCode.RETAIN_NOT_SUPPORTED, "RETAIN"); // [MQTT-3.2.2-14]
        }
    }

    /** The topic of a PUBLISH, by its bytes or its alias, with a route that is current. */
    private TopicEntry topic(ByteBuf bytes, int start, int length, int alias, MqttHandler handler) {
        if (alias > loop.settings().topicAliasMaximum()) {
            throw new ProtocolViolation(ReasonCode.TOPIC_ALIAS_INVALID, "Topic Alias " + alias); // [MQTT-3.3.2-9]
        }
        TopicEntry entry;
        if (length == 0) {
            entry = alias == 0 || aliases == null ? null : aliases[alias - 1];
            if (entry == null) {
                throw ProtocolViolation.protocolError("no topic and no known Topic Alias"); // MQTT 5, 3.3.2.3.4
            }
        } else {
            entry = topics == null ? null : topics.find(bytes, start, length);
            if (entry == null) {
                entry = newTopic(bytes, start, length, handler);
            }
            if (alias != 0) {
                if (aliases == null) {
                    aliases = new TopicEntry[loop.settings().topicAliasMaximum()];
                }
                aliases[alias - 1] = entry;
            }
        }
        if (!entry.route().current()) {
            entry.renew(handler.route(this, entry.topic()));
        }
        return entry;
    }

    private TopicEntry newTopic(ByteBuf bytes, int start, int length, MqttHandler handler) {
        byte[] utf8 = new byte[length];
        bytes.getBytes(start, utf8);
        TopicName topic = TopicName.parse(utf8).orElseThrow(
                () -> new ProtocolViolation(ReasonCode.TOPIC_NAME_INVALID, "topic name")); // [MQTT-3.3.2-2]
        Route route = handler.route(this, topic);
        TopicEntry entry = new TopicEntry(topic, route);
        if (route.cacheable()) {
            if (topics == null) {
                topics = new TopicCache();
            }
            topics.add(entry);
        }
        return entry;
    }

    private void puback(ByteBuf bytes, int start, int end, MqttHandler handler) {
        int length = end - start;
        if (length < 2 || length > 2 && version != MqttVersion.V5) {
            throw ProtocolViolation.malformed("length of PUBACK");
        }
        int packetId = bytes.getUnsignedShort(start);
        ReasonCode reason = length == 2 ? ReasonCode.SUCCESS : ReasonCode.of(bytes.getByte(start + 2));
        if (length > 3) {
            skipReasonProperties(new PacketReader(bytes, start + 3, end));
        }
        Delivery delivery = outbound == null ? null : outbound.remove(packetId);
        if (delivery != null) {
            handler.acked(this, delivery, reason);
        }
    }

    private void subscribe(PacketReader in, MqttHandler handler) {
        boolean v5 = version == MqttVersion.V5;
        int packetId = packetId(in);
        handler.subscribe(this, SubscribePacket.readSubscriptions(v5, in), reasons -> {
            if (stage == Stage.ACCEPTED) {
                PacketEncoder.suback(output(), v5, packetId, reasons);
            }
        });
    }

    private void unsubscribe(PacketReader in, MqttHandler handler) {
        boolean v5 = version == MqttVersion.V5;
        int packetId = packetId(in);
        handler.unsubscribe(this, SubscribePacket.readFilters(v5, in), reasons -> {
            if (stage == Stage.ACCEPTED) {
                PacketEncoder.unsuback(output(), v5, packetId, reasons);
            }
        });
    }

    private static int packetId(PacketReader in) {
        int packetId = in.readShort();
        if (packetId == 0) {
            throw ProtocolViolation.protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
        }
        return packetId;
    }

    private void pingreq(int start, int end) {
        if (start != end) {
            throw ProtocolViolation.malformed("length of PINGREQ");
        }
        PacketEncoder.pingresp(output());
    }

    private void disconnect(PacketReader in) {
        ReasonCode reason = ReasonCode.SUCCESS;
        if (version == MqttVersion.V5) {
            reason = in.hasMore() ? ReasonCode.of(in.readByte()) : ReasonCode.SUCCESS;
            if (in.hasMore()) {
                PropertyReader properties = new PropertyReader(in.readProperties());
                for (int id = properties.next(); id >= 0; id = properties.next()) {
                    switch (id) {
                        case PropertyId.SESSION_EXPIRY_INTERVAL -> properties.readInt();
                        case PropertyId.REASON_STRING -> properties.readString();
                        default -> throw PropertyReader.unexpected(id);
                    }
                }
            }
        }
        in.expectEnd();
        end(new CloseReason(Cause.CLIENT_DISCONNECT, Optional.of(reason), "DISCONNECT"));
    }

    private static void skipReasonProperties(PacketReader in) {
        PropertyReader properties = new PropertyReader(in.readProperties());
        for (int id = properties.next(); id >= 0; id = properties.next()) {
            if (id != PropertyId.REASON_STRING) {
                throw PropertyReader.unexpected(id);
            }
            properties.readString();
        }
        in.expectEnd();
    }

    private void violated(ProtocolViolation violation) {
        loop.counters.protocolErrors++;
        ReasonCode reason = violation.reason();
        LOG.log(System.Logger.Level.DEBUG, () -> peer().address() + " broke the protocol: " + violation.getMessage());
        if (stage == Stage.AWAITING_CONNECT && version == MqttVersion.V5) {
            PacketEncoder.refusal(output(), version, reason, violation.getMessage(), packetMaximum);
        } else if (stage == Stage.ACCEPTED && version == MqttVersion.V5) {
            PacketEncoder.disconnect(output(), reason, violation.getMessage(), packetMaximum);
        }
        end(new CloseReason(Cause.PROTOCOL_ERROR, Optional.of(reason), violation.getMessage()));
    }

    private void keepForLater(ByteBuf bytes) {
        if (partial == null) {
            partial = context.alloc().buffer(bytes.readableBytes());
        }
        partial.writeBytes(bytes);
        if (partial.readableBytes() > loop.settings().packetMaximum()) {
            loop.counters.protocolErrors++;
            end(new CloseReason(Cause.PROTOCOL_ERROR, Optional.of(ReasonCode.PACKET_TOO_LARGE),
                    "too much before CONNACK"));
        }
    }

    // ---- deadlines ----

    private void connectOverdue() {
        end(new CloseReason(Cause.SERVER, Optional.empty(), "no CONNECT in time"));
    }

    private void checkKeepAlive() {
        long idle = loop.tickCount() - lastReceivedTick;
        if (idle < keepAliveTicks) {
            scheduleKeepAlive(keepAliveTicks - idle);
            return;
        }
        if (version == MqttVersion.V5 && stage == Stage.ACCEPTED) {
            PacketEncoder.disconnect(output(), ReasonCode.KEEP_ALIVE_TIMEOUT, "", packetMaximum);
        }
        end(new CloseReason(Cause.KEEP_ALIVE_TIMEOUT, Optional.of(ReasonCode.KEEP_ALIVE_TIMEOUT), "Keepalive timeout"));
    }

    private void scheduleKeepAlive(long ticks) {
        timer = loop.schedule(ticks * DeadlineWheel.TICK_MILLIS, TimeUnit.MILLISECONDS, this::checkKeepAlive);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    // ---- MqttChannel ----

    @Override
    public MqttLoop loop() {
        return loop;
    }

    @Override
    public Object state() {
        return state;
    }

    @Override
    public Peer peer() {
        return new Peer((InetSocketAddress) context.channel().remoteAddress(), secure);
    }

    @Override
    public MqttVersion version() {
        return version;
    }

    @Override
    public boolean open() {
        return stage.compareTo(Stage.CLOSING) < 0 && context.channel().isActive();
    }

    @Override
    public int silence() {
        return (int) ((loop.tickCount() - lastReceivedTick) * DeadlineWheel.TICK_MILLIS / 1_000);
    }

    @Override
    public void moveTo(MqttLoop home, Runnable then) {
        EventLoopState target = (EventLoopState) home;
        if (target == loop) {
            then.run();
        } else if (stage != Stage.CONNECTING) {
            target.eventLoop().execute(then);
        } else {
            moving = true;
            loop.unregister(this, place);
            context.channel().deregister().addListener(left -> leave(target, then));
        }
    }

    /** The second step, on the old loop: once no event of this channel waits there it belongs to the new one. */
    private void leave(EventLoopState target, Runnable then) {
        if (eventsWaiting > 0) {
            loop.eventLoop().execute(() -> leave(target, then));
            return;
        }
        loop = target;
        target.eventLoop().register(context.channel()).addListener(arrived -> arrive(then));
    }

    /** The last step, on the new loop. */
    private void arrive(Runnable then) {
        moving = false;
        lastReceivedTick = loop.tickCount();
        loop.register(this);
        then.run();
        if (!context.channel().isActive()) {
            loop.addClosed(this);
        }
    }

    @Override
    public void accept(Object state, ConnackOptions options) {
        if (stage != Stage.CONNECTING) {
            return;
        }
        stage = Stage.ACCEPTED;
        this.state = state;
        PacketEncoder.connack(output(), version, options, loop.settings());
        if (options.keepAlive() > 0) {
            keepAliveTicks = options.keepAlive() * 1_500L / DeadlineWheel.TICK_MILLIS;
            lastReceivedTick = loop.tickCount();
            scheduleKeepAlive(keepAliveTicks);
        }
        context.channel().config().setAutoRead(true);
        if (partial != null) {
            loop.addResumed(this);
        }
    }

    @Override
    public void refuse(ReasonCode reason, String why) {
        if (stage != Stage.CONNECTING && stage != Stage.AWAITING_CONNECT) {
            return;
        }
        PacketEncoder.refusal(output(), version, reason, why, packetMaximum);
        end(new CloseReason(Cause.SERVER, Optional.of(reason), why));
    }

    @Override
    public void ack(long token, ReasonCode reason) {
        if (stage != Stage.ACCEPTED) {
            return;
        }
        InboundWindow window = inbound;
        window.settle(token, reason);
        while (window.headIsSettled()) {
            PacketEncoder.puback(output(), version == MqttVersion.V5, window.headPacketId(), window.headReason());
            window.removeHead();
        }
    }

    @Override
    public SendResult send(Message message) {
        SendResult hindrance = hindrance();
        if (hindrance != SendResult.SENT) {
            return hindrance;
        }
        if (!PacketEncoder.publish(output(), version == MqttVersion.V5, message, 0, false, packetMaximum)) {
            return SendResult.TOO_LARGE;
        }
        loop.counters.publishesOut0++;
        return SendResult.SENT;
    }

    @Override
    public SendResult send(Message message, Delivery delivery) {
        SendResult hindrance = hindrance();
        if (hindrance != SendResult.SENT) {
            return hindrance;
        }
        if (outbound == null) {
            outbound = new OutboundWindow(sendMaximum);
        }
        if (outbound.room() == 0) {
            wantsRoom = true;
            return SendResult.NO_ROOM;
        }
        boolean dup = delivery.packetId() != 0;
        outbound.add(delivery);
        if (!PacketEncoder.publish(output(), version == MqttVersion.V5, message, delivery.packetId(), dup,
                packetMaximum)) {
            outbound.remove(delivery.packetId());
            return SendResult.TOO_LARGE;
        }
        loop.counters.publishesOut1++;
        return SendResult.SENT;
    }

    @Override
    public int room() {
        if (hindrance() != SendResult.SENT) {
            return 0;
        }
        return outbound == null ? sendMaximum : outbound.room();
    }

    @Override
    public void close(ReasonCode reason, String why) {
        if (stage == Stage.ACCEPTED && version == MqttVersion.V5) {
            PacketEncoder.disconnect(output(), reason, why, packetMaximum);
        }
        end(new CloseReason(Cause.SERVER, Optional.of(reason), why));
    }

    // ---- output ----

    /** SENT when output is taken. */
    private SendResult hindrance() {
        if (stage != Stage.ACCEPTED) {
            return SendResult.CLOSED;
        }
        if (!context.channel().isWritable()
                || output != null && output.readableBytes() > loop.settings().outputMaximum()) {
            wantsRoom = true;
            return SendResult.NO_ROOM;
        }
        return SendResult.SENT;
    }

    /** The buffer that leaves at the end of the turn. */
    private ByteBuf output() {
        if (output == null) {
            output = context.alloc().directBuffer(outputHint);
        }
        markDirty();
        return output;
    }

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            loop.addDirty(this);
        }
    }

    private void end(CloseReason why) {
        if (stage.compareTo(Stage.CLOSING) < 0) {
            stage = Stage.CLOSING;
            closeReason = why;
            cancelTimer();
            markDirty();
        }
    }

    private void releasePartial() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void releaseOutput() {
        if (output != null) {
            output.release();
            output = null;
        }
    }
}
