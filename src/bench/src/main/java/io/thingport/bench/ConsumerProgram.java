package io.thingport.bench;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * A business server that does no more than write a line for each message, before it accepts it; to be killed at any time. It
 * comes again by itself when its connection is lost, and writes an empty line whenever it has a new one.
 */
public final class ConsumerProgram {

    private static final long PAUSE_MILLIS = 1000;
    private static final long RECEIVE_MILLIS = 500;

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.ISO_8859_1);

    private ConsumerProgram() {
    }

    /** {@code URL USER PASSWORD QUEUE}: of AMQP 1.0. Ends when it is killed. */
    public static void main(String[] words) throws InterruptedException {
        JmsConnectionFactory factory = new JmsConnectionFactory(words[1], words[2], words[0]);
        ConsumerProgram program = new ConsumerProgram();
        while (true) {
            try (Connection connection = factory.createConnection()) {
                program.consume(connection, words[3]);
            } catch (JMSException e) {
                System.err.println(e);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void consume(Connection connection, String queue) throws JMSException {
        AtomicBoolean broken = new AtomicBoolean();
        connection.setExceptionListener(e -> broken.set(true));
        connection.start();
        Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        print("");
        while (!broken.get()) {
            Message message = consumer.receive(RECEIVE_MILLIS);
            if (message != null) {
                print(new ConsumedMessage(message.getStringProperty("messageId"), message.getJMSRedelivered(),
                        message.getStringProperty("topic"),
                        new String(message.getBody(byte[].class), StandardCharsets.ISO_8859_1)).line());
                message.acknowledge();
            }
        }
    }

    private void print(String line) {
        out.print(line + '\n');
        out.flush();
    }
}
