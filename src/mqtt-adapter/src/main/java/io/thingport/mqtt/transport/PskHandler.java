package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.protocol.ClientChannel;
import io.thingport.mqtt.protocol.Encrypting;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/**
 * TLS with a pre-shared key between a socket and its channel. While the key of an identity is looked up the socket is not
 * read. An identity that nobody has gets a key that nobody has: from outside it looks like a wrong key.
 *
 * <p>Handshakes are paced. What a client may send before its handshake is over is bounded; how long that may take, the CONNECT deadline says.
 * The engine is made when the first record is whole. Owned by the channel's loop, which may change once the handshake is
 * over.
 */
final class PskHandler extends ChannelDuplexHandler implements Encrypting {

    /** Bytes of all records of a client's side of a handshake. */
    static final int HANDSHAKE_MAXIMUM = 16 * 1024;

    private static final int HEADER = 5;
    private static final int CIPHERTEXT_MAXIMUM = 16 * 1024 + 2048; // RFC 5246, 6.2.3
    private static final int FIRST_TYPE = 20; // change_cipher_spec
    private static final int LAST_TYPE = 23; // application_data
    private static final int HANDSHAKE_TYPE = 22;

    private static final CompletableFuture<Optional<byte[]>> NOBODYS = CompletableFuture.completedFuture(Optional.empty());

    private enum Stage {
        /** Nothing has come yet. */
        NEW,
        /** The first record has come; others are first, and nothing is read. */
        AWAITING_TURN,
        HANDSHAKE,
        /** The key is looked up; nothing is read. */
        AWAITING_KEY,
        ESTABLISHED,
        ENDED
    }

    private final PskDoor door;
    private ChannelHandlerContext context;
    private Stage stage = Stage.NEW;
    private PskServer tls; // from the first record on
    private ByteBuf partial; // the beginning of a record, or what waits for the key
    private int handshakeBytes;
    private int unauthenticated; // bytes that count as such
    private String identity = "";

    PskHandler(PskDoor door) {
        this.door = door;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    // ---- from the socket ----

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (stage == Stage.ENDED || !mayHold(ctx, bytes.readableBytes())) {
                return;
            }
            if (partial != null) {
                partial.writeBytes(bytes);
                readOn(ctx);
                return;
            }
            readRecords(ctx, bytes);
            if (bytes.isReadable() && stage != Stage.ENDED) {
                partial = ctx.alloc().buffer(bytes.readableBytes()).writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ended();
    }

    // ---- to the socket ----

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ctx.write(message, promise);
            return;
        }
        try {
            if (stage != Stage.ESTABLISHED) {
                throw new ClosedChannelException();
            }
            byte[] plain = new byte[bytes.readableBytes()];
            bytes.readBytes(plain);
            tls.writeApplicationData(plain, 0, plain.length);
            ctx.write(output(ctx), promise);
        } catch (IOException e) {
            promise.tryFailure(e);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        sayClose(ctx);
        ctx.close(promise);
    }

    @Override
    public ChannelFuture endOutput() {
        return sayClose(context);
    }

    // ---- records ----

    /** Counts what is received before the handshake is over; when all connections hold too much, this one ends. */
    private boolean mayHold(ChannelHandlerContext ctx, int more) {
        if (stage == Stage.ESTABLISHED) {
            return true;
        }
        boolean may = door.unauthenticated().add(more);
        if (may) {
            unauthenticated += more;
        } else {
            fail(ctx, TlsFailure.PROTOCOL, "too many bytes wait for their CONNECT");
        }
        return may;
    }

    private void holdNoMore() {
        door.unauthenticated().remove(unauthenticated);
        unauthenticated = 0;
    }

    /** Reads on in what was kept. */
    private void readOn(ChannelHandlerContext ctx) {
        if (partial == null) {
            return;
        }
        readRecords(ctx, partial);
        if (partial != null) { // not ended meanwhile
            if (partial.isReadable()) {
                partial.discardReadBytes();
            } else {
                partial.release();
                partial = null;
            }
        }
    }

    private void readRecords(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            while (reads() && wholeRecord(in)) {
                if (stage == Stage.NEW) {
                    awaitTurn(ctx);
                    continue;
                }
                byte[] record = new byte[HEADER + in.getUnsignedShort(in.readerIndex() + 3)];
                in.readBytes(record);
                offer(ctx, record);
            }
            handOn(ctx);
        } catch (IOException e) {
            fail(ctx, failure(e), e.getMessage());
        }
    }

    /** Handshakes are paced: the turn comes at once or later. */
    private void awaitTurn(ChannelHandlerContext ctx) {
        stage = Stage.AWAITING_TURN;
        door.handshakesOf(ctx.channel()).begin(Origin.of(ClientChannel.peerOf(ctx.channel()).address()),
                () -> turnHasCome(ctx));
        if (stage == Stage.AWAITING_TURN) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void turnHasCome(ChannelHandlerContext ctx) {
        if (stage != Stage.AWAITING_TURN) {
            return; // it has gone
        }
        stage = Stage.HANDSHAKE;
        if (!ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
            readOn(ctx);
        }
    }

    private boolean reads() {
        return stage == Stage.NEW || stage == Stage.HANDSHAKE || stage == Stage.ESTABLISHED;
    }

    /** @throws IOException when it is not a record, or one too many */
    private boolean wholeRecord(ByteBuf in) throws IOException {
        int start = in.readerIndex();
        if (!in.isReadable()) {
            return false;
        }
        int type = in.getUnsignedByte(start);
        if (tls == null ? type != HANDSHAKE_TYPE : type < FIRST_TYPE || type > LAST_TYPE) {
            throw new IOException("no TLS");
        }
        if (in.readableBytes() < HEADER) {
            return false;
        }
        int length = in.getUnsignedShort(start + 3);
        if (length > CIPHERTEXT_MAXIMUM) {
            throw new IOException("record of " + length + " bytes");
        }
        if (stage != Stage.ESTABLISHED && handshakeBytes + length > HANDSHAKE_MAXIMUM) {
            throw new IOException("handshake of more than " + HANDSHAKE_MAXIMUM + " bytes");
        }
        return in.readableBytes() >= HEADER + length;
    }

    private void offer(ChannelHandlerContext ctx, byte[] record) throws IOException {
        if (tls == null) {
            tls = new PskServer(door.crypto());
        }
        if (stage == Stage.HANDSHAKE) {
            handshakeBytes += record.length;
        }
        tls.offerInput(record);
        if (tls.awaitsKey()) {
            lookUp(ctx);
        }
        if (stage == Stage.HANDSHAKE && tls.isConnected()) {
            stage = Stage.ESTABLISHED;
            holdNoMore();
            writeOutput(ctx);
            door.established(ctx.channel(), identity);
        }
    }

    /** Gives what has been decrypted to the channel, and what there is to answer to the socket. */
    private void handOn(ChannelHandlerContext ctx) throws IOException {
        if (tls == null) {
            return;
        }
        int length = tls.applicationDataAvailable();
        if (length > 0) {
            byte[] plain = new byte[length];
            tls.readApplicationData(plain, 0, length);
            ctx.fireChannelRead(ctx.alloc().directBuffer(length).writeBytes(plain));
        }
        writeOutput(ctx);
        if (tls.isClosed() && stage != Stage.ENDED) {
            stage = Stage.ENDED;
            ctx.close();
        }
    }

    // ---- the key ----

    private void lookUp(ChannelHandlerContext ctx) throws IOException {
        stage = Stage.AWAITING_KEY;
        identity = tls.identity().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        CompletableFuture<Optional<byte[]>> key = identity.isEmpty() ? NOBODYS
                : door.key(identity).toCompletableFuture();
        if (key.isDone()) {
            answer(key);
            return;
        }
        ctx.channel().config().setAutoRead(false);
        key.whenComplete((found, failure) -> ctx.executor().execute(() -> goOn(ctx, key)));
    }

    private void goOn(ChannelHandlerContext ctx, CompletableFuture<Optional<byte[]>> key) {
        if (stage != Stage.AWAITING_KEY) {
            return;
        }
        try {
            answer(key);
            handOn(ctx);
        } catch (IOException e) {
            fail(ctx, failure(e), e.getMessage());
            return;
        }
        ctx.channel().config().setAutoRead(true);
        readOn(ctx);
    }

    private void answer(CompletableFuture<Optional<byte[]>> key) throws IOException {
        stage = Stage.HANDSHAKE;
        try {
            tls.key(key.join().orElseGet(door::nobodysKey));
        } catch (CompletionException e) {
            throw new IOException("the key cannot be looked up", e);
        }
    }

    // ---- the end ----

    private TlsFailure failure(IOException e) {
        if (tls == null) {
            return TlsFailure.NO_TLS;
        }
        if (e instanceof TlsFatalAlertReceived) {
            return TlsFailure.ALERT;
        }
        return e instanceof TlsFatalAlert raised ? switch (raised.getAlertDescription()) {
            case AlertDescription.protocol_version -> TlsFailure.VERSION;
            case AlertDescription.handshake_failure -> TlsFailure.SUITE;
            default -> TlsFailure.PROTOCOL;
        } : TlsFailure.PROTOCOL;
    }

    private void fail(ChannelHandlerContext ctx, TlsFailure kind, String why) {
        boolean shaking = stage != Stage.ESTABLISHED;
        ended();
        if (shaking) {
            door.failed(ctx.channel(), kind, why);
        }
        if (tls == null) {
            ctx.close();
        } else {
            ctx.writeAndFlush(output(ctx)).addListener(ChannelFutureListener.CLOSE); // the alert
        }
    }

    private ChannelFuture sayClose(ChannelHandlerContext ctx) {
        if (stage != Stage.ESTABLISHED) {
            gone(ctx);
            return ctx.newSucceededFuture();
        }
        ended();
        try {
            tls.close();
        } catch (IOException e) {
            return ctx.newFailedFuture(e);
        }
        return ctx.writeAndFlush(output(ctx));
    }

    /** Whatever stage it was in. */
    private void gone(ChannelHandlerContext ctx) {
        if (stage == Stage.HANDSHAKE || stage == Stage.AWAITING_KEY) {
            door.failed(ctx.channel(), TlsFailure.ENDED, "");
        }
        ended();
    }

    private void ended() {
        stage = Stage.ENDED;
        holdNoMore();
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void writeOutput(ChannelHandlerContext ctx) {
        if (tls.getAvailableOutputBytes() > 0) {
            ctx.writeAndFlush(output(ctx), ctx.voidPromise());
        }
    }

    private ByteBuf output(ChannelHandlerContext ctx) {
        byte[] records = new byte[tls.getAvailableOutputBytes()];
        tls.readOutput(records, 0, records.length);
        return ctx.alloc().directBuffer(records.length).writeBytes(records);
    }
}
