package io.thingport.upstream.amqp;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;

/** A consumer that logs in, opens its receiver link and never says anything more, however it is asked. */
final class SilentConsumer implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final Transport transport = Transport.Factory.create();
    private final Connection connection = Connection.Factory.create();

    /** @param idleMillis what it announces */
    SilentConsumer(int port, String user, String password, int idleMillis) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(DEADLINE_MILLIS);
        transport.setIdleTimeout(2 * idleMillis); // of which half is announced
        transport.sasl().client();
        transport.sasl().plain(user, password);
        transport.bind(connection);
        connection.setContainer("silent");
        connection.open();
        Session session = connection.session();
        session.open();
        Receiver receiver = session.receiver("link");
        receiver.setSource(new Source());
        receiver.setTarget(new Target());
        receiver.open();
        receiver.flow(1);
        while (receiver.getRemoteState() == EndpointState.UNINITIALIZED
                && connection.getRemoteState() != EndpointState.CLOSED) {
            write();
            read();
        }
        write();
    }

    /** The condition with which the server closes. */
    String readUntilClosed() throws IOException {
        while (connection.getRemoteState() != EndpointState.CLOSED) {
            read();
        }
        return connection.getRemoteCondition().getCondition().toString();
    }

    private void write() throws IOException {
        for (int pending = transport.pending(); pending > 0; pending = transport.pending()) {
            byte[] bytes = new byte[pending];
            transport.head().get(bytes);
            socket.getOutputStream().write(bytes);
            transport.pop(pending);
        }
    }

    private void read() throws IOException {
        ByteBuffer tail = transport.tail();
        byte[] bytes = new byte[tail.remaining()];
        int read = socket.getInputStream().read(bytes);
        if (read < 0) {
            throw new IOException("closed without a word");
        }
        tail.put(bytes, 0, read);
        transport.process();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
