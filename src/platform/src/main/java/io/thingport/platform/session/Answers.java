package io.thingport.platform.session;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.platform.function.AnsweredTopic;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Replies to what devices ask of the platform itself. What is long is read on another thread, so that it holds up nobody.
 * Owned by one loop's thread.
 */
final class Answers {

    /** Bytes of a request that is read on the loop. */
    static final int SHORT_MAXIMUM = 8 * 1024;
    /** Longer requests that may be under way at a time. */
    static final int LONG_REQUESTS_MAXIMUM = 16;
    /** As many of them may be of one device, so that none takes all the places. */
    static final int OF_ONE_MAXIMUM = 4;

    private static final System.Logger LOG = System.getLogger(Answers.class.getName());

    private final Outbound outbound;
    private final Executor executor;
    private int longRequests;

    /** @param executor bounded */
    Answers(Outbound outbound, Executor executor) {
        this.outbound = outbound;
        this.executor = executor;
    }

    /** Replies to a request over the connection it came on, now or in a while. */
    void answer(Connection to, AnsweredTopic topic, Publish request) {
        if (request.payload().length() <= SHORT_MAXIMUM) {
            send(to, topic, topic.function().reply(request.payload().toByteArray()));
            return;
        }
        if (longRequests >= LONG_REQUESTS_MAXIMUM || to.longRequests() >= OF_ONE_MAXIMUM) {
            outbound.drop(to.session(), request, DropReason.REPLIES_BUSY);
            return;
        }
        byte[] payload = request.payload().toByteArray();
        try {
            executor.execute(() -> work(to, topic, payload));
            longRequests++;
            to.longRequests(to.longRequests() + 1);
        } catch (RejectedExecutionException e) {
            outbound.drop(to.session(), request, DropReason.REPLIES_BUSY);
        }
    }

    private void work(Connection to, AnsweredTopic topic, byte[] payload) {
        Optional<byte[]> reply = Optional.empty();
        try {
            reply = topic.function().reply(payload);
        } finally {
            Optional<byte[]> found = reply;
            LoopPost.post(to.channel().loop(), () -> {
                longRequests--;
                to.longRequests(to.longRequests() - 1);
                send(to, topic, found);
            });
        }
    }

    private void send(Connection to, AnsweredTopic topic, Optional<byte[]> reply) {
        if (reply.isEmpty()) {
            LOG.log(System.Logger.Level.DEBUG, () -> to.session().device()
                    + " is not answered: its request is not what it should be, code 6831");
        } else if (to.session().isConnected() && to.session().connection() == to) {
            outbound.send(to.session(), Message.of(topic.reply(), QoS.AT_MOST_ONCE, Payload.of(reply.get())), Outbound.NO_ID);
        }
    }
}
