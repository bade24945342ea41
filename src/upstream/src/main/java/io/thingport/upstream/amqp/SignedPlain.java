package io.thingport.upstream.amqp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.activemq.artemis.protocol.amqp.sasl.PlainSASLResult;
import org.apache.activemq.artemis.protocol.amqp.sasl.SASLResult;
import org.apache.activemq.artemis.protocol.amqp.sasl.ServerSASL;

/**
 * SASL PLAIN [RFC 4616] whose answer may take a while: the connection's loop goes on meanwhile and comes back for it. Owned
 * by that loop.
 */
final class SignedPlain implements ServerSASL {

    static final String NAME = "PLAIN";

    private static final int PARTS = 3;

    private final ConsumerConnection connection;
    private Optional<SASLResult> result = Optional.empty();
    private boolean asked;

    SignedPlain(ConsumerConnection connection) {
        this.connection = connection;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public byte[] processSASL(byte[] message) {
        if (!asked) {
            asked = true;
            String[] parts = message == null ? new String[0] : new String(message, StandardCharsets.UTF_8).split("\0", -1);
            if (parts.length == PARTS) {
                connection.authenticate(parts[1], parts[2], identity -> result = Optional.of(
                        new PlainSASLResult(identity.isPresent(), parts[1], parts[2])));
            } else {
                result = Optional.of(new PlainSASLResult(false, "", ""));
            }
        }
        return null; // no challenge
    }

    @Override
    public SASLResult result() {
        return result.orElse(null); // not known yet
    }

    @Override
    public void done() {
        // nothing is held
    }
}
