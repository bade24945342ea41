package io.thingport.upstream.amqp;

import org.apache.activemq.artemis.core.server.Consumer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPSessionCallback;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPMessageWriter;
import org.apache.activemq.artemis.protocol.amqp.proton.MessageWriter;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonServerSenderContext;
import org.apache.activemq.artemis.protocol.amqp.proton.SenderController;
import org.apache.qpid.proton.amqp.transport.ReceiverSettleMode;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.Sender;

/** Binds a receiver link to the queue of its consumer's group, whatever address it asked for, and leaves settling to it. */
final class GroupQueueController implements SenderController {

    private final ConsumerConnection consumer;
    private final Sender sender;
    private final AMQPSessionCallback session;
    private MessageWriter writer = REJECTING_MESSAGE_WRITER;

    GroupQueueController(ConsumerConnection consumer, Sender sender, AMQPSessionCallback session) {
        this.consumer = consumer;
        this.sender = sender;
        this.session = session;
    }

    @Override
    public Consumer init(ProtonServerSenderContext context) throws Exception {
        sender.setSenderSettleMode(SenderSettleMode.UNSETTLED);
        sender.setReceiverSettleMode(ReceiverSettleMode.FIRST);
        writer = new AMQPMessageWriter(context);
        ConsumerIdentity identity = consumer.identity().orElseThrow();
        return session.createSender(context, identity.queue(), null, false, null); // no filter, no priority
    }

    @Override
    public void close(boolean remoteClose) {
        // nothing is held
    }

    @Override
    public MessageWriter selectOutgoingMessageWriter(ProtonServerSenderContext context, MessageReference reference) {
        return writer;
    }
}
