package io.thingport.mqtt.transport;

import io.netty.channel.Channel;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.TlsFailure;
import io.thingport.mqtt.protocol.ClientChannel;
import io.thingport.mqtt.protocol.Unauthenticated;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/** What the connections of a listener with pre-shared keys have in common. Thread-safe. */
final class PskDoor {

    private static final int KEY_BYTES = 64;

    private final SecureRandom random = new SecureRandom();
    private final TlsCrypto crypto = new JcaTlsCryptoProvider().create(random, random);
    private final EventLoops loops;

    PskDoor(EventLoops loops) {
        this.loops = loops;
    }

    TlsCrypto crypto() {
        return crypto;
    }

    /** The key of an identity; empty when nobody has it. */
    CompletionStage<Optional<byte[]>> key(String identity) {
        return loops.application().pskKey(identity);
    }

    /** A key that nobody else knows. */
    byte[] nobodysKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    Unauthenticated unauthenticated() {
        return loops.unauthenticated();
    }

    /** A client has proven an identity. On the channel's loop. */
    void established(Channel socket, String identity) {
        Peer known = ClientChannel.peerOf(socket);
        socket.attr(ClientChannel.PEER).set(new Peer(known.address(), true, Optional.empty(), Optional.of(identity)));
        handshakesOf(socket).succeeded(false);
    }

    /** A handshake has failed. On the channel's loop. */
    void failed(Channel socket, TlsFailure kind, String why) {
        handshakesOf(socket).failed(kind, ClientChannel.peerOf(socket).address(), why);
    }

    Handshakes handshakesOf(Channel socket) {
        return loops.handshakesOf(socket.eventLoop());
    }
}
