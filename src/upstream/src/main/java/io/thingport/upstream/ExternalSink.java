package io.thingport.upstream;

import io.thingport.platform.config.Settings;
import io.thingport.platform.upstream.UpstreamException;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.upstream.UpstreamSink;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;
import org.apache.activemq.artemis.spi.core.protocol.EmbedMessageUtil;

/**
 * Writes to an Artemis broker elsewhere: nothing waits for a single message, and the commit of a batch until it is durable
 * there. Messages travel as the AMQP messages that consumers shall receive. Owned by the one thread that hands over.
 */
final class ExternalSink implements UpstreamSink {

    private final ExternalBroker broker;
    private final long retentionMillis;
    private final Clock clock;
    private final MessageFormat format = new MessageFormat();
    private final ClientProducer producer;

    ExternalSink(ExternalBroker broker, Settings.Upstream bounds, Clock clock) throws UpstreamException {
        this.broker = broker;
        this.retentionMillis = bounds.retention().toMillis();
        this.clock = clock;
        try {
            this.producer = broker.writing().createProducer();
        } catch (ActiveMQException e) {
            throw failed(e);
        }
    }

    @Override
    public void write(List<UpstreamMessage> messages) throws UpstreamException {
        try {
            Set<SimpleString> missing = new HashSet<>();
            long expiration = clock.millis() + retentionMillis;
            for (UpstreamMessage message : messages) {
                byte[] encoded = format.encode(message);
                for (String group : message.groups()) {
                    SimpleString queue = Queues.of(group);
                    if (!missing.contains(queue) && !broker.has(queue)) {
                        missing.add(queue);
                    }
                    if (!missing.contains(queue)) {
                        producer.send(queue, wrapped(encoded, queue, expiration));
                    }
                }
            }
            broker.writing().commit();
        } catch (ActiveMQException e) {
            broker.close(); // what was sent of the batch is rolled back; a new connection follows
            throw failed(e);
        }
    }

    private static ICoreMessage wrapped(byte[] encoded, SimpleString queue, long expiration) {
        AMQPStandardMessage message = new AMQPStandardMessage(EmbeddedSink.AMQP_MESSAGE_FORMAT, encoded, null);
        message.setAddress(queue);
        message.setExpiration(expiration);
        return EmbedMessageUtil.embedAsCoreMessage(message);
    }

    private static UpstreamException failed(ActiveMQException e) {
        return new UpstreamException("the message engine does not answer: " + e.getMessage(), e);
    }
}
