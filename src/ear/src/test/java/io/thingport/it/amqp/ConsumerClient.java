package io.thingport.it.amqp;

import io.thingport.it.ThingportServer;

/** The public clients that consumers use. */
enum ConsumerClient {
    /** Apache Qpid JMS. */
    QPID_JMS,
    /** Apache Qpid protonj2, an AMQP 1.0 stack of its own. */
    PROTONJ2;

    /** A consumer that has connected and receives. */
    Consumer connect(ThingportServer server, ConsumerLogin login) throws Exception {
        return switch (this) {
            case QPID_JMS -> new QpidConsumer(server.amqpPort(), login);
            case PROTONJ2 -> new ProtonConsumer(server.amqpPort(), login);
        };
    }
}
