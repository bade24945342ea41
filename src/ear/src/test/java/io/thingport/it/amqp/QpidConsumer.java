package io.thingport.it.amqp;

import io.thingport.it.Deadline;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.InitialContext;

/** A consumer as the vendor's sample for Java has it. */
final class QpidConsumer implements Consumer {

    private final Connection connection;
    private final MessageConsumer consumer;

    QpidConsumer(int port, ConsumerLogin login) throws Exception {
        this("failover:(amqp://127.0.0.1:" + port + "?amqp.idleTimeout=80000)?failover.reconnectDelay=30", login);
    }

    QpidConsumer(String url, ConsumerLogin login) throws Exception {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("connectionfactory.SBCF", url);
        environment.put("queue.QUEUE", "default");
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "org.apache.qpid.jms.jndi.JmsInitialContextFactory");
        Context context = new InitialContext(environment);
        ConnectionFactory factory = (ConnectionFactory) context.lookup("SBCF");
        Destination queue = (Destination) context.lookup("QUEUE");
        connection = factory.createConnection(login.userName(), login.password());
        try {
            Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            connection.start();
            consumer = session.createConsumer(queue);
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Delivered next() throws JMSException {
        Message message = consumer.receive(Deadline.ANSWER.toMillis());
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return new JmsDelivered(message);
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }

    /** Numbers as {@code getObjectProperty} gives them; each can be read as text, too. */
    private static final class JmsDelivered implements Delivered {

        private final Message message;
        private final byte[] payload;
        private final Map<String, Object> properties = new HashMap<>();
        private final String messageId;

        JmsDelivered(Message message) throws JMSException {
            this.message = message;
            payload = message.getBody(byte[].class);
            for (Object name : java.util.Collections.list(message.getPropertyNames())) {
                properties.put((String) name, message.getObjectProperty((String) name));
                message.getStringProperty((String) name);
            }
            messageId = message.getJMSMessageID();
        }

        @Override
        public byte[] payload() {
            return payload;
        }

        @Override
        public Map<String, Object> properties() {
            return properties;
        }

        @Override
        public String messageId() {
            return messageId.replaceFirst("^ID:(AMQP_NO_PREFIX:)?", "");
        }

        @Override
        public void accept() throws JMSException {
            message.acknowledge();
        }
    }
}
