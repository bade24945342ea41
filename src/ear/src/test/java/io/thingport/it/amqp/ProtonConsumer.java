package io.thingport.it.amqp;

import io.thingport.it.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** A consumer that speaks AMQP 1.0 without a layer above it. */
final class ProtonConsumer implements Consumer {

    private final Client client = Client.create();
    private final Receiver receiver;

    ProtonConsumer(int port, ConsumerLogin login) throws Exception {
        Connection connection = client.connect("127.0.0.1", port, new ConnectionOptions().user(login.userName())
                .password(login.password()).idleTimeout(120_000));
        receiver = connection.openReceiver("/queue-name", new ReceiverOptions().autoAccept(false));
        receiver.openFuture().get(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Delivered next() throws ClientException {
        return new ProtonDelivered(delivery());
    }

    /** The next message, to be answered in another way than {@link Delivered#accept()}. */
    Delivery delivery() throws ClientException {
        Delivery delivery = receiver.receive(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        if (delivery == null) {
            throw new AssertionError("no message came");
        }
        return delivery;
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class ProtonDelivered implements Delivered {

        private final Delivery delivery;
        private final Map<String, Object> properties = new HashMap<>();
        private final byte[] payload;
        private final String messageId;

        ProtonDelivered(Delivery delivery) throws ClientException {
            this.delivery = delivery;
            Message<byte[]> message = delivery.message();
            message.forEachProperty(properties::put);
            payload = message.body();
            messageId = message.messageId().toString();
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
            return messageId;
        }

        @Override
        public void accept() throws ClientException {
            delivery.accept();
        }
    }
}
