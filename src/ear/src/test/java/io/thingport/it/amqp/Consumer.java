package io.thingport.it.amqp;

/** A consumer of one group's messages. */
interface Consumer extends AutoCloseable {

    /** The next message; waits for it. */
    Delivered next() throws Exception;
}
