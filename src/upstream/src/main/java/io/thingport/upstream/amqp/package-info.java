/**
 * The door of consumers: who may come in, and what holds on a connection of theirs, over Artemis' own AMQP 1.0 engine.
 *
 * <p>Each connection lives on one of the engine's event loops, and what is said of it in this package happens there. Whether
 * a signature is right is asked on a thread that may block.
 */
package io.thingport.upstream.amqp;
