package io.thingport.mqtt.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.AttributeKey;
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
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.SendResult;
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

    /** What handlers in front of this one have learnt about the peer; absent where there are none. */
    public static final AttributeKey<Peer> PEER = AttributeKey.valueOf(ClientChannel.class, "peer");

    private static final System.Logger LOG = System.getLogger(ClientChannel.class.getName());
    private static final long CLOSE_MILLIS = 2_000;

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
    private boolean authenticated;
    private Object state;
    private long keepAliveTicks;
    private long lastReceivedTick;

    private final IncomingPackets incoming = new IncomingPackets(this);
    private final OutgoingPackets outgoing = new OutgoingPackets(this);

    ClientChannel(EventLoopState loop) {
        this.loop = loop;
    }

    /** Who is at the other end of a socket, as far as the handlers in front of this one know: they set {@link #PEER}. */
    public static Peer peerOf(Channel socket) {
        Peer known = socket.attr(PEER).get();
        return known != null ? known : new Peer((InetSocketAddress) socket.remoteAddress(), false);
    }

    // ---- Netty ----

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        loop.register(this);
        loop.unauthenticated.enter();
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
        boolean writable = ctx.channel().isWritable();
        if (stage == Stage.ACCEPTED) {
            ctx.channel().config().setAutoRead(writable); // who does not read is not answered, and so not read
        }
        if (writable) {
            loop.addWritable(this);
        }
    }

    /** Over TLS the end of the client's output is a message of its own, before its FIN. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) { // of TLS, in front of this handler
            loop.counters.protocolErrors++;
            loop.closings.say(ReasonCode.MALFORMED_PACKET, peer().address(), String.valueOf(cause.getMessage()));
        } else if (!(cause instanceof IOException)) {
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

    boolean hasEventsWaiting() {
        return eventsWaiting > 0;
    }

    void eventTaken() {
        eventsWaiting--;
    }

    /** Takes what one read brought; releases it. */
    void received(ByteBuf bytes, MqttHandler handler) {
        try {
            incoming.received(bytes, handler);
        } finally {
            bytes.release();
        }
        offerRoom(handler);
    }

    /** Reads on in what had arrived before. */
    void resumed(MqttHandler handler) {
        incoming.resume(handler);
        offerRoom(handler);
    }

    /** After PUBACKs have made room, once for all of one read. */
    private void offerRoom(MqttHandler handler) {
        if (outgoing.hasNewRoom()) {
            handOverWritable(handler);
        }
    }

    void handOverWritable(MqttHandler handler) {
        if (stage == Stage.ACCEPTED && outgoing.wasRefused()) {
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
        incoming.release();
        outgoing.release();
        loop.unregister(this, place);
        if (!authenticated) {
            loop.unauthenticated.leave();
        }
        if (connectReceived) {
            handler.closed(this, closeReason, outgoing.unacknowledged());
        } else if (closeReason.cause() != Cause.PROTOCOL_ERROR) {
            loop.counters.silent++;
        }
    }

    /** Writes what has gathered; closes after it when the time has come. */
    void flush() {
        ByteBuf bytes = outgoing.take();
        if (stage == Stage.CLOSING) {
            if (bytes == null && !connectReceived) {
                context.close(); // nothing was ever written
                return;
            }
            loop.schedule(CLOSE_MILLIS, TimeUnit.MILLISECONDS, context::close); // for a peer that neither reads nor closes
            ChannelFutureListener next = bytes != null ? this::lastPacketWritten : ChannelFutureListener.CLOSE;
            context.writeAndFlush(bytes != null ? bytes : context.alloc().buffer(0)).addListener(next);
        } else if (bytes != null) {
            context.writeAndFlush(bytes, context.voidPromise());
        }
    }

    /**
     * Ends the output and leaves the socket to the client for a while; what it still sends is thrown away. Closing with
     * input unread would reset the connection, and the client's TCP could drop the last packet before the client has seen
     * why. For the platform the channel is closed now.
     */
    private void lastPacketWritten(ChannelFuture written) {
        if (written.isSuccess() && written.channel() instanceof DuplexChannel socket) {
            if (socket.pipeline().first() instanceof Encrypting below) {
                below.endOutput().addListener(said -> outputEnded(socket));
            } else {
                outputEnded(socket);
            }
        } else {
            context.close();
        }
    }

    private void outputEnded(DuplexChannel socket) {
        socket.shutdownOutput();
        socket.config().setAutoRead(true);
        loop.addClosed(this);
    }

    boolean isMoving() {
        return moving;
    }

    /** From now on owned by another loop's thread. */
    void leaveFor(EventLoopState target) {
        loop = target;
    }

    /** On the new loop's thread. */
    void arrived() {
        moving = false;
        lastReceivedTick = loop.tickCount();
        loop.register(this);
    }

    /** Ends a channel that cannot go on; whatever else fails, its socket closes. */
    void failed(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "A connection failed and is closed", failure);
        if (stage.compareTo(Stage.CLOSING) >= 0) {
            context.close();
            return;
        }
        try {
            close(ReasonCode.UNSPECIFIED_ERROR, "internal error");
        } catch (RuntimeException | Error e) {
            context.close();
        }
    }

    // ---- what incoming and outgoing packets ask of the channel ----

    /** Whether packets are to be read now. */
    boolean reads() {
        return stage == Stage.ACCEPTED || stage == Stage.AWAITING_CONNECT;
    }

    boolean awaitsConnect() {
        return stage == Stage.AWAITING_CONNECT;
    }

    boolean connecting() {
        return stage == Stage.CONNECTING;
    }

    boolean accepted() {
        return stage == Stage.ACCEPTED;
    }

    EventLoopState loopState() {
        return loop;
    }

    /** Whether less waits in the socket than its bound. */
    boolean socketTakesMore() {
        return context.channel().isWritable();
    }

    /** The buffer for an answer. */
    ByteBuf output() {
        return outgoing.buffer();
    }

    ByteBufAllocator allocator() {
        return context.alloc();
    }

    void version(MqttVersion version) {
        this.version = version;
    }

    /** A whole CONNECT is here: it goes to the platform, and reading rests. */
    void connectArrived(ConnectPacket packet, MqttHandler handler) {
        outgoing.limit(packet, loop.settings());
        cancelTimer();
        stage = Stage.CONNECTING;
        connectReceived = true;
        loop.counters.connectsReceived++;
        context.channel().config().setAutoRead(false);
        handler.connect(this, packet.connect());
    }

    void acknowledged(int packetId, ReasonCode reason, MqttHandler handler) {
        Delivery delivery = outgoing.acknowledged(packetId);
        if (delivery != null) {
            handler.acked(this, delivery, reason);
        }
    }

    void violated(ProtocolViolation violation) {
        loop.counters.protocolErrors++;
        ReasonCode reason = violation.reason();
        if (stage == Stage.AWAITING_CONNECT) {
            loop.malformed(reason, peer().address(), violation.getMessage());
        } else {
            loop.closings.say(reason, peer().address(), violation.getMessage());
        }
        if (stage == Stage.AWAITING_CONNECT
                && (version == MqttVersion.V5 || reason == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION)) {
            outgoing.refusal(reason, violation.getMessage());
        } else if (stage == Stage.ACCEPTED) {
            outgoing.disconnect(reason, violation.getMessage());
        }
        end(new CloseReason(Cause.PROTOCOL_ERROR, Optional.of(reason), violation.getMessage()));
    }

    /** Connections like this one hold too much, all together: this one, which brings more, ends without a word. */
    void unauthenticatedTooMuch() {
        loop.counters.unauthenticated++;
        loop.malformed(ReasonCode.QUOTA_EXCEEDED, peer().address(), "too many bytes wait for their CONNECT");
        end(new CloseReason(Cause.SERVER, Optional.of(ReasonCode.QUOTA_EXCEEDED), "too many bytes before CONNECT"));
    }

    void suback(int packetId, List<ReasonCode> reasons) {
        if (stage == Stage.ACCEPTED && !outgoing.suback(packetId, reasons)) {
            tooLargeAnAnswer("SUBACK");
        }
    }

    void unsuback(int packetId, List<ReasonCode> reasons) {
        if (stage == Stage.ACCEPTED && !outgoing.unsuback(packetId, reasons)) {
            tooLargeAnAnswer("UNSUBACK");
        }
    }

    /** An answer that has to be sent and may not be [MQTT-3.1.2-24]. */
    private void tooLargeAnAnswer(String packet) {
        String why = packet + " is larger than Maximum Packet Size";
        loop.counters.answersTooLarge++;
        loop.closings.say(ReasonCode.PACKET_TOO_LARGE, peer().address(), why);
        close(ReasonCode.PACKET_TOO_LARGE, why);
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
        if (stage == Stage.ACCEPTED) {
            outgoing.disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT, "");
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
        return peerOf(context.channel());
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
            new LoopMove(this, context.channel(), loop, target, then).start(place);
        }
    }

    @Override
    public void accept(Object state, ConnackOptions options) {
        if (stage != Stage.CONNECTING) {
            return;
        }
        this.state = state;
        incoming.authenticated();
        if (!outgoing.connack(options)) {
            tooLargeAnAnswer("CONNACK");
            return;
        }
        stage = Stage.ACCEPTED;
        authenticated = true;
        loop.unauthenticated.leave();
        if (options.keepAlive() > 0) {
            keepAliveTicks = options.keepAlive() * 1_500L / DeadlineWheel.TICK_MILLIS + 1; // the first is not a whole one
            lastReceivedTick = loop.tickCount();
            scheduleKeepAlive(keepAliveTicks);
        }
        context.channel().config().setAutoRead(true);
        if (incoming.hasPartial()) {
            loop.addResumed(this);
        }
    }

    @Override
    public void refuse(ReasonCode reason, String why) {
        if (stage != Stage.CONNECTING && stage != Stage.AWAITING_CONNECT) {
            return;
        }
        outgoing.refusal(reason, why);
        end(new CloseReason(Cause.SERVER, Optional.of(reason), why));
        incoming.refused();
    }

    @Override
    public void ack(long token, ReasonCode reason) {
        if (stage != Stage.ACCEPTED) {
            return;
        }
        incoming.settle(token, reason);
    }

    @Override
    public void drop(long token) {
        if (stage == Stage.ACCEPTED) {
            incoming.drop(token);
        }
    }

    @Override
    public SendResult send(Message message) {
        return outgoing.publish(message);
    }

    @Override
    public SendResult send(Message message, Delivery delivery) {
        return outgoing.publish(message, delivery);
    }

    @Override
    public int room() {
        return outgoing.room();
    }

    @Override
    public List<Delivery> unacknowledged() {
        return outgoing.unacknowledged();
    }

    @Override
    public void close(ReasonCode reason, String why) {
        if (stage == Stage.ACCEPTED) {
            outgoing.disconnect(reason, why);
        }
        end(new CloseReason(Cause.SERVER, Optional.of(reason), why));
    }

    /** Closes after the output so far; the first reason counts. */
    void end(CloseReason why) {
        if (stage.compareTo(Stage.CLOSING) < 0) {
            stage = Stage.CLOSING;
            closeReason = why;
            cancelTimer();
            outgoing.markDirty();
        }
    }
}
